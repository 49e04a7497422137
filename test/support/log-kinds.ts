/** How many entries of a log are of each kind: without time, numbers, addresses, what follows a full stop, and stacks. */
export function countKinds(log: readonly string[]): Record<string, number> {
  const varying = /(?<=digest )[0-9a-f]{8}|https?:\S+|\d{4}-\d\d-\d\d|\d+(?:\.\d+)?/g;
  const counts: Record<string, number> = {};
  for (const line of log.filter((text) => !/^[\s}]/.test(text))) {
    // Whose work it belongs to is another each time.
    const entry = line.replace(/^\d{4}-\S+Z /, "").replace(/ \{ reference: '[^']*' \}$/, "");
    const kind = entry.replace(varying, "…").split(". ", 1)[0] ?? "";
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}
