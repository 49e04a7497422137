import { describe, expect, it } from "vitest";
import { readFileOf } from "../file-of.ts";

const atom = `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">
<id>http://arxiv.org/api/x</id><opensearch:totalResults>1</opensearch:totalResults>
<entry><id>http://arxiv.org/abs/1706.03762v7</id><title>Attention Is All You Need</title>
<published>2017-06-12T17:57:34Z</published><summary>Of wombats.</summary><author><name>Ashish Vaswani</name></author></entry></feed>`;

const rss = `<rss xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom"><channel><title>cs.CL</title>
<item><title>New</title><link>https://arxiv.org/abs/2603.00001</link><guid>oai:arXiv.org:2603.00001v1</guid><dc:creator>A. One, B. Two</dc:creator>
<arxiv:announce_type>new</arxiv:announce_type></item>
<item><title>Old</title><link>https://arxiv.org/abs/2503.00001</link><arxiv:announce_type>replace</arxiv:announce_type></item></channel></rss>`;

describe("a saved feed of arXiv", () => {
  it("is read, whether it is an answer of its API or of its daily feed", async () => {
    expect(await readFileOf("a.atom", atom)).toMatchObject({
      listings: [
        { title: "Attention Is All You Need", arxivId: "1706.03762", date: "2017-06-12", listedOn: "a.atom" },
      ],
      problems: [],
    });
    const commented = atom.replace("\n", "\n<!-- saved -->\n");
    expect((await readFileOf("a.xml", commented)).listings).toMatchObject([{ arxivId: "1706.03762" }]);
    expect(await readFileOf("saved", rss)).toMatchObject({
      listings: [{ title: "New", arxivId: "2603.00001", authors: { names: ["A. One", "B. Two"] } }],
      problems: [],
    });
  });

  it("that is cut off is told, and what came before is read", async () => {
    const { listings, problems } = await readFileOf("a.rss", rss.slice(0, -120));
    expect(listings).toMatchObject([{ title: "New" }]);
    expect(problems).toEqual(["-: expected a feed to its end, found a feed that is cut off"]);
  });
});

describe("another list of feeds", () => {
  it("is refused by its own name", async () => {
    const other = "<rss><channel><item><title>Wombats</title></item></channel></rss>";
    expect((await readFileOf("a.rss", other)).problems).toEqual([
      "-: expected a feed of arXiv, found a feed of another place",
    ]);
    expect(
      (await readFileOf("a.opml", '<?xml version="1.0"?>\n<opml version="2.0"></opml>')).problems,
    ).toEqual([expect.stringContaining("a list of feeds (OPML): name arXiv's categories")]);
  });
});
