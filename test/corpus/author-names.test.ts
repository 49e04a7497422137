import { expect, it } from "vitest";
import { splitNames } from "../../src/corpus/names/author-names.ts";
import { parseAtomQuery } from "../../src/sources/arxiv/atom-query.ts";

it.each([
  ["A. One, B. Two and C. Three", ["A. One", "B. Two", "C. Three"]],
  ["A. One, B. Two, and C. Three", ["A. One", "B. Two", "C. Three"]],
  ["A. B., Jr.", ["A. B. Jr."]],
  ["A. One, Jr., B. Two III and C. Three, Sr", ["A. One Jr.", "B. Two III", "C. Three Sr"]],
  ["A. One, III and B. Two", ["A. One III", "B. Two"]],
  ["LIGO and Virgo Collaborations", ["LIGO and Virgo Collaborations"]],
  ["A. One, the ATLAS and CMS Collaborations", ["A. One", "the ATLAS and CMS Collaborations"]],
  ["A. One and LIGO and Virgo Collaborations", ["A. One", "LIGO and Virgo Collaborations"]],
  ["CMS Collaboration and A. One", ["CMS Collaboration", "A. One"]],
  ["Jr.", ["Jr."]],
  [": , A. One", ["A. One"]],
])("the names in %o are %o", (line, names) => {
  expect(splitNames(line)).toEqual(names);
});

it("a mark that stands as an author in an answer of arXiv's names nobody", () => {
  const authors = ["CMS Collaboration", ":", "A. One"].map((name) => `<author><name>${name}</name></author>`);
  const feed = `<feed><entry><title>A title</title>${authors.join("")}</entry></feed>`;
  expect(parseAtomQuery(feed, "query").items[0]?.listing.authors).toEqual({
    kind: "named",
    names: ["CMS Collaboration", "A. One"],
  });
});
