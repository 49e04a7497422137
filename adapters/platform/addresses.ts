/**
 * A web address with all that may follow it; it ends at any other character. Without credentials, which make an address
 * look like another. The bound keeps a text of nothing but beginnings from taking the square of its length.
 */
const ADDRESS =
  /https?:\/\/(?![^\s/?#]*@)[\p{L}\p{N}][\p{L}\p{M}\p{N}\-._%:]*(?:[/?#][\p{L}\p{M}\p{N}\-.~%/?=&#:+_()[\]!,;@*$]{0,2000})?/giu;

/** Signs that end a sentence or a format around an address rather than the address. */
const END_MARKS = /[.,;:!?*_~]+$/;

const CLOSES: ReadonlyMap<string, string> = new Map([
  [")", "("],
  ["]", "["],
]);

/** The beginning of an address in which every bracket has its partner. */
function balanced(address: string): string {
  const open: { sign: string; at: number }[] = [];
  for (let at = 0; at < address.length; at++) {
    const sign = address.charAt(at);
    const opener = CLOSES.get(sign);
    if (sign === "(" || sign === "[") open.push({ sign, at });
    else if (opener !== undefined && open.pop()?.sign !== opener) return balanced(address.slice(0, at));
  }
  return open[0] === undefined ? address : address.slice(0, open[0].at);
}

/** A text put together from its web addresses and what stands between them, each as a function makes it. */
export function mapAddresses(
  text: string,
  mapAddress: (address: string) => string,
  mapOther: (other: string) => string,
): string {
  let mapped = "";
  let at = 0;
  const pattern = new RegExp(ADDRESS);
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const address = balanced(match[0]).replace(END_MARKS, "");
    mapped += mapOther(text.slice(at, match.index)) + mapAddress(address);
    at = match.index + address.length;
    pattern.lastIndex = at;
  }
  return mapped + mapOther(text.slice(at));
}
