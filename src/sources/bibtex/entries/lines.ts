/** The lines of a text, counted as reading goes forward. */
export interface Lines {
  /** The line at a place, which is never before the last one that was asked for. */
  readonly at: (place: number) => number;
  /** Another count that goes on from here. */
  readonly fork: () => Lines;
}

/** Counts from the line of the text's beginning. `next` is where the first line ends, where that is known. */
export function createLines(text: string, first: number, next: number = text.indexOf("\n")): Lines {
  let line = first;
  let end = next;
  return {
    at(place) {
      for (; end >= 0 && end < place; end = text.indexOf("\n", end + 1)) line++;
      return line;
    },
    fork: () => createLines(text, line, end),
  };
}
