/** In shorter names another letter makes another word: `site`, `snow`, `held`, `yelp`. */
const MIN_REPLACED = 6;

/** The place of the first letter in which two words differ; their length where one begins with the other. */
function firstDifference(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return at;
}

/**
 * Whether a word is a name mistyped by one slip: a letter too many or too few, two neighbours in each other's place,
 * or, in a name of six letters or more, one letter for another. The name itself is no slip, and signs are none.
 */
export function isOneSlip(typed: string, name: string): boolean {
  if (!/^[a-z]+(?: [a-z]+)*$/.test(typed) || typed === name) return false;
  const at = firstDifference(typed, name);
  const [typedRest, nameRest] = [typed.slice(at), name.slice(at)];
  if (typed.length === name.length + 1) return typedRest.slice(1) === nameRest;
  if (typed.length === name.length - 1) return nameRest.slice(1) === typedRest;
  if (typed.length !== name.length) return false;
  const swapped = typedRest.charAt(1) + typedRest.charAt(0) + typedRest.slice(2);
  const replaced = name.length >= MIN_REPLACED && typedRest.slice(1) === nameRest.slice(1);
  return swapped === nameRest || replaced;
}
