import fc from "fast-check";
import { expect, it } from "vitest";
import type { Listing } from "../../src/corpus/paper.ts";
import { caller, createSeedBot } from "../support/seed-bot.ts";

const ORGANISATIONS = ["NVIDIA", "Google", "Google DeepMind", "Université de Montréal", "Bell “Labs”"];

/** A name as it is in a query, where no quotes can be. */
const plain = (name = ""): string => name.replace(/["“”]/g, "");

/** Papers of several years, organisations and files that a query finds beside the bundled ones. */
const papers = (): Listing[] =>
  Array.from({ length: 60 }, (_none, i) => {
    const name = ORGANISATIONS[i % 7];
    const date = ["2021", "2022-05", "2023-12-31", "2024-01-01", undefined][i % 5];
    return {
      title: `Filters number ${i}: ${["diffusion", "curriculum", "pretraining"][i % 3]} learning`,
      listedOn: ["refs.bib", "Hugging Face", "my papers.jsonl"][i % 3 === 0 ? i % 2 : 2] ?? "",
      ...(date === undefined ? {} : { date }),
      ...(name === undefined ? {} : { organisation: { name } }),
    } as Listing;
  });

it("each filter of a search leads to as many papers as it says, and back again", async () => {
  const { bot, library } = await createSeedBot();
  await library.take(papers());
  const search = async (query: string) =>
    bot.handle({ command: "search", args: { query, filters: "on", limit: "1" }, caller });
  const word = fc.constantFrom("diffusion", "curriculum", "learning", "models", "filters");
  const more = fc.constantFrom("", "org:google", "since:2022", 'source:"refs.bib"', "sort:newest", "-number");
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(word, { minLength: 1, maxLength: 3 }), more, async (words, condition) => {
      const query = [...words, condition].join(" ").trim();
      const before = await search(query);
      for (const { by, value, active, count, run } of before.filters ?? []) {
        seen.add(`${by} ${active}`);
        const after = await search(run?.args["query"] ?? "");
        const own = after.filters?.find((one) => one.active && one.by === by);
        const back = await search(own?.run?.args["query"] ?? "");
        const [asked, left] = [before.list?.total ?? 0, after.list?.total ?? 0];
        // What an active one is taken away from finds no fewer papers.
        const isSo = active
          ? left >= asked
          : left === count && back.list?.total === asked && plain(own?.value) === plain(value);
        expect([query, by, value, count, left, isSo]).toEqual([query, by, value, count, left, true]);
      }
    }),
    { numRuns: 25 },
  );
  expect([...seen].toSorted()).toEqual([
    "organisation false",
    "organisation true",
    "source false",
    "source true",
    "year false",
    "year true",
  ]);
});

it("a search without filters that could be taken away has none, and only who asks for them has any", async () => {
  const { bot } = await createSeedBot();
  const { filters } = await bot.handle({ command: "search", args: { query: "models" }, caller });
  expect(filters).toBeUndefined();
  const nothing = await bot.handle({
    command: "search",
    args: { query: "models org:nobody", filters: "on" },
    caller,
  });
  expect(nothing.filters).toEqual([
    {
      by: "organisation",
      value: "nobody",
      active: true,
      run: { command: "search", args: { query: "models" } },
    },
  ]);
});
