import type { FactName, Origin, Paper, Taken } from "./paper.ts";

/** The origin of what nobody states and the arXiv identifier says by itself. */
export const BY_IDENTIFIER: Origin = { kind: "identifier", listedOn: "its identifier" };

/** Whether a fact is stated by nobody, and only the identifier says it. */
export function isByIdentifier({ origins }: Pick<Paper, "origins">, fact: FactName): boolean {
  return origins.some(({ kind, facts }) => kind === BY_IDENTIFIER.kind && facts.includes(fact));
}

/** Where each fact of a paper was taken from. */
export function originsByFact({ origins }: Pick<Paper, "origins">): Map<FactName, Origin> {
  return new Map(
    origins.flatMap(({ facts, ...origin }) => facts.map((fact): [FactName, Origin] => [fact, origin])),
  );
}

/** The facts by the mentions they were taken from, in the order of the first fact of each. */
export function takenFrom(origins: ReadonlyMap<FactName, Origin>): Taken[] {
  const taken = new Map<string, Origin & { facts: FactName[] }>();
  for (const [fact, origin] of origins) {
    const key = JSON.stringify([origin.kind, origin.listedOn, origin.readAt]);
    const same = taken.get(key);
    if (same === undefined) taken.set(key, { ...origin, facts: [fact] });
    else same.facts.push(fact);
  }
  return [...taken.values()];
}
