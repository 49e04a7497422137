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
        await store.clubs.put({ id, place: "p", body: "{}" });
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
        const inOrder = counted.slice(1).map((one, i) => {
          const before = counted[i];
          if (before === undefined) return false;
          return before.votes > one.votes || (before.votes === one.votes && before.number < one.number);
        });
        expect(inOrder).not.toContain(false);
      },
    ),
    { numRuns: 30 },
  );
});
