import { readFile, readdir } from "node:fs/promises";
import { parsePage } from "../../src/corpus/pages/parse-page.ts";

/** Run from the project's folder. */
const PAGES = "data/pages";

/** Sentences in an abstract that is made. */
const SENTENCES = 7;

/**
 * Gives JSON lines of papers that nobody wrote: their abstracts are sentences of the bundled ones in another order, so that
 * their words are as frequent as in real papers. The same numbers give the same papers; another revision has other abstracts.
 */
export async function paperMaker(): Promise<(first: number, count: number, revision?: number) => string> {
  const names = (await readdir(PAGES)).filter((name) => name.endsWith(".txt"));
  const pages = await Promise.all(
    names.map(async (name) => parsePage(name, await readFile(`${PAGES}/${name}`, "utf8")).items),
  );
  const papers = pages.flat();
  const sentences = papers.flatMap(({ abstract = "" }) => abstract.split(/(?<=\.) /));
  const titles = papers.map(({ title }) => title);
  const pick = <T>(list: readonly T[], number: number): T | undefined => list[number % list.length];
  return (first, count, revision = 0) =>
    Array.from({ length: count }, (_none, i) => {
      const number = first + i;
      const abstract = Array.from({ length: SENTENCES }, (_sentence, j) =>
        pick(sentences, (number + revision) * 7919 + j * 104_729),
      ).join(" ");
      const day = String(1 + (number % 28)).padStart(2, "0");
      const year = 2000 + (number % 26);
      return `${JSON.stringify({ title: `${pick(titles, number)} (${number})`, abstract, publishedAt: `${year}-03-${day}` })}\n`;
    }).join("");
}
