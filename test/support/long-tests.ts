/** Whether repetitions that differ in nothing but chance are run too: `npm run test:long`. */
const isLong = process.env["LONG_TESTS"] === "1";

/** What a test goes through: what differs in kind, and with `npm run test:long` all. */
export const chosen = <T>(differing: readonly T[], all: readonly T[]): readonly T[] =>
  isLong ? all : differing;
