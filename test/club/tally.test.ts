import fc from "fast-check";
import { expect, it } from "vitest";
import { tally } from "../../src/club/tally.ts";
import { openTestStore } from "../support/test-store.ts";

it("votes add up whatever the order, one for each person, and ties go to the earlier nomination", async () => {
  const store = await openTestStore();
  const papers = ["a", "b", "c", "d"];
  let club = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.constantFrom(...papers), { minLength: 1 }),
      fc.array(
        fc.record({ person: fc.constantFrom("p", "q", "r", "s"), paper: fc.constantFrom(...papers, "x") }),
        {
          maxLength: 12,
        },
      ),
      fc.func(fc.integer()),
      async (nominated, votes, order) => {
        const id = `club ${++club}`;
        for (const paper of nominated) await store.ballots.nominate(id, { paper, title: paper, by: "p" });
        for (const vote of votes) await store.ballots.vote(id, vote);
        const [open, cast] = [await store.ballots.nominations(id), await store.ballots.votes(id)];
        const counted = tally(open, cast);
        // The last vote of each person counts, and no other.
        const last = new Map(votes.map(({ person, paper }) => [person, paper]));
        for (const { paper, votes: count } of counted)
          expect(count).toBe([...last.values()].filter((one) => one === paper).length);
        expect(
          tally(
            open,
            cast.toSorted((a, b) => order(a) - order(b)),
          ),
        ).toEqual(counted);
        for (const [i, one] of counted.slice(1).entries()) {
          const before = counted[i];
          if (before?.votes === one.votes) expect(before.number).toBeLessThan(one.number);
          else expect(before?.votes).toBeGreaterThan(one.votes);
        }
      },
    ),
    { numRuns: 30 },
  );
});
