declare const brand: unique symbol;

/** A string that only its own guard may mint, so that one kind of text is never mistaken for another. */
export type Brand<Name extends string> = string & { readonly [brand]: Name };
