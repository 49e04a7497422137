/** A function that makes a thing when it is first asked for, and gives the same one from then on. */
export function lazily<T>(make: () => Promise<T>): (() => Promise<T>) & { readonly made: () => boolean } {
  let made: Promise<T> | undefined;
  return Object.assign(() => (made ??= make()), { made: () => made !== undefined });
}
