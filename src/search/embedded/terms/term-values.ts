/** Terms with a value share so many marks: few enough to stay in the fastest memory of the processor. */
const MARKS = 4096;

/** Numbers by term, 0 for all but some terms. */
export interface Valued {
  readonly values: Float64Array;
  /** Not 0 for the last twelve bits of every term with a value: most terms have none, which this tells sooner. */
  readonly marks: Uint8Array;
}

/** Whether a term may have a value. */
export const mayHaveValue = ({ marks }: Valued, term: number): boolean => marks[term & (MARKS - 1)] !== 0;

/**
 * Values of terms for a while. One array serves one question after the other, since there are many terms and few that a
 * question names.
 */
export interface TermValues {
  /** An array with these values; it is the taker's until it is given back. */
  readonly take: (values: Iterable<readonly [term: number, value: number]>) => Valued;
  /** Takes an array back with all the terms that have values in it. */
  readonly giveBack: (valued: Valued, terms: Iterable<number>) => void;
}

/** Values for terms below `slots()`. */
export function createTermValues(slots: () => number): TermValues {
  const waiting: Valued[] = [];
  return {
    take(pairs) {
      const waited = waiting.pop();
      const valued =
        waited !== undefined && waited.values.length >= slots()
          ? waited
          : { values: new Float64Array(Math.ceil(slots() * 1.1)), marks: new Uint8Array(MARKS) };
      for (const [term, value] of pairs) {
        valued.values[term] = value;
        valued.marks[term & (MARKS - 1)] = 1;
      }
      return valued;
    },
    giveBack(valued, terms) {
      for (const term of terms) valued.values[term] = 0;
      valued.marks.fill(0);
      if (waiting.length === 0) waiting.push(valued);
    },
  };
}
