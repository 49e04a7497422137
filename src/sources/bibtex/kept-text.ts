/** A copy of a text for what is kept: a part of a text would hold all of it, such as an entry of megabytes. */
export const keptText = (text: string): string => Buffer.from(text).toString();
