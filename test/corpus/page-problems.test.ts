import { describe, expect, it } from "vitest";
import { parsePage } from "../../src/corpus/pages/parse-page.ts";
import { renderProblem } from "../../src/corpus/problem.ts";

const abstract = (about: string): string => `${about} `.repeat(50).trim();
const alternating = (...lines: string[]): string =>
  [
    "Get trending papers in your email inbox once a day!",
    "Get trending papers in your email inbox!",
    `Subscribe${lines[0] ?? ""}`,
    ...lines.slice(1),
  ].join("\n");
const spaced = (...paragraphs: string[]): string =>
  [
    "new",
    "Get trending papers in your email inbox!",
    "Subscribe",
    "Daily Papers",
    "byAK and the research community",
    ...paragraphs,
  ].join("\n\n");

const read = (text: string) => {
  const { items, problems } = parsePage("page.txt", text);
  return { titles: items.map(({ title }) => title), problems: problems.map(renderProblem), items };
};

describe("a page that is not as expected", () => {
  it("is a problem that names the file and the beginnings that are known", () => {
    const { titles, problems } = read("<html>\nNot found");
    expect(titles).toEqual([]);
    expect(problems).toEqual([
      "page.txt:1: expected a saved Hugging Face Papers page, which starts with “Get trending papers in your email inbox!” or “new”, found “<html>”",
    ]);
  });

  it("is a problem when it is empty", () => {
    expect(read("").problems).toEqual([
      expect.stringContaining("page.txt: expected a saved Hugging Face Papers page"),
    ]);
  });

  it("names the line of a title without an abstract at the end of the page, and keeps the papers before it", () => {
    const { titles, problems } = read(alternating("First", abstract("alpha"), "Second"));
    expect(titles).toEqual(["First"]);
    expect(problems).toEqual([
      "page.txt: expected the abstract of “Second” (at least 150 characters), found the end of the page",
    ]);
  });

  it("loses one paper, not all that follow, when an abstract is missing in the middle", () => {
    const { titles, problems } = read(
      alternating("First", "Second", abstract("beta"), "Third", abstract("gamma")),
    );
    expect(titles).toEqual(["Second", "Third"]);
    expect(problems).toEqual([
      "page.txt:4: expected the abstract of “First” (at least 150 characters), found “Second”",
    ]);
  });

  it("names the line where a title is missing", () => {
    const { titles, problems } = read(
      alternating("First", abstract("alpha"), abstract("beta ".repeat(30)), "Third", abstract("c")),
    );
    expect(titles).toContain("First");
    expect(problems[0]).toMatch(/^page\.txt:5: expected a title \(1 to 300 characters\), found “beta /);
  });

  it("names a header that is missing", () => {
    const { problems } = read("Get trending papers in your email inbox!\nSomething else\nA title");
    expect(problems).toEqual([
      "page.txt:2: expected the second header line, found “Something else”",
      "page.txt:3: expected “Subscribe” followed by the first title, found “A title”",
    ]);
  });

  it("says what under an abstract it does not know", () => {
    const { titles, problems } = read(
      spaced("Mar 20", "A", abstract("alpha"), "  • four authors\n·\nMarch the ninth", "B", abstract("beta")),
    );
    expect(titles).toEqual(["A", "B"]);
    expect(problems).toEqual([
      "page.txt:17: expected “• N authors” or an organisation's handle and name, found “• four authors”",
      "page.txt:19: expected a date such as “Mar 9” or “May 22, 2023”, then comments, found “March the ninth”",
    ]);
  });

  it("notes a spaced page without its own day", () => {
    const { titles, problems } = read(spaced("A", abstract("alpha")));
    expect(titles).toEqual(["A"]);
    expect(problems).toEqual([
      expect.stringContaining("expected the page's own day, such as “Mar 12”, found “A”"),
    ]);
  });

  it("is read the same with Windows line ends and a byte-order mark", () => {
    const text = alternating("First", abstract("alpha"), "Second", abstract("beta"));
    expect(read(`\uFEFF${text.replaceAll("\n", "\r\n")}`)).toEqual(read(text));
  });
});

describe("dates of a spaced page", () => {
  const page = (day: string, ...dates: string[]) =>
    read(
      spaced(
        day,
        ...dates.flatMap((date, i) => [`Paper ${i}`, abstract(`text${i}`), `  • 2 authors\n·\n${date}`]),
      ),
    );

  it("without a year are of the first year in which no dated paper lies after the page's day", () => {
    expect(page("Mar 20", "Mar 9", "Dec 26, 2025").items.map(({ date }) => date)).toEqual([
      "2026-03-09",
      "2025-12-26",
    ]);
    expect(page("Mar 20", "Mar 9", "Mar 20, 2025").items.map(({ date }) => date)).toEqual([
      "2025-03-09",
      "2025-03-20",
    ]);
  });

  it("stay unknown where no paper of the page states a year", () => {
    expect(page("Mar 20", "Mar 9").items.map(({ date }) => date)).toEqual([undefined]);
  });

  it("are followed by the number of comments, never by votes", () => {
    const [paper] = page("Mar 20", "May 22, 2023 17").items;
    expect(paper).toMatchObject({ date: "2023-05-22", comments: 17 });
    expect(paper).not.toHaveProperty("upvotes");
  });
});
