/** A text as it is read, from the left to the right. */
export interface Reader {
  readonly text: string;
  at: number;
  /** Whether it is a formula. */
  readonly math: boolean;
  /** Reads a part of the text on its own. */
  readonly part: (text: string, math: boolean) => string;
  /** Where each group ends, by where it begins; only groups that have an end. */
  readonly ends: ReadonlyMap<number, number>;
  /** Whether a quotation was opened, so that two apostrophes end one. */
  quoted: boolean;
}

/** Finds the groups of a text in one go, so that braces without a partner cost no more than others. */
export function findGroups(text: string): ReadonlyMap<number, number> {
  const ends = new Map<number, number>();
  const open: number[] = [];
  for (const { 0: token, index } of text.includes("{") ? text.matchAll(/\\.|[{}]/gs) : []) {
    if (token === "{") open.push(index);
    else if (token === "}") {
      const start = open.pop();
      if (start !== undefined) ends.set(start, index);
    }
  }
  return ends;
}

export function match(reader: Reader, pattern: RegExp): RegExpExecArray | undefined {
  pattern.lastIndex = reader.at;
  const found = pattern.exec(reader.text);
  if (found === null) return undefined;
  reader.at = pattern.lastIndex;
  return found;
}

export const next = ({ text, at }: Reader): string => text[at] ?? "";

export function skipSpace(reader: Reader): void {
  while (/\s/.test(next(reader))) reader.at++;
}

/** The text of a group that begins here, without its braces; undefined where none does, or it has no end. */
export function rawGroup(reader: Reader): string | undefined {
  const end = reader.ends.get(reader.at);
  if (end === undefined) return undefined;
  const body = reader.text.slice(reader.at + 1, end);
  reader.at = end + 1;
  return body;
}

/** The argument that begins here, as it is written: a group, behind spaces too. */
export function rawArgument(reader: Reader): string | undefined {
  const { at } = reader;
  skipSpace(reader);
  const body = rawGroup(reader);
  if (body === undefined) reader.at = at;
  return body;
}

/** What the argument that begins here says; empty where there is none. */
export function argument(reader: Reader, math = reader.math): string {
  const body = rawArgument(reader);
  return body === undefined ? "" : reader.part(body, math);
}

/** An argument in square brackets. */
export const OPTIONAL = /\s*\[[^\][{}]{0,200}\]/y;
