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

const journal = `<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Nature</title></channel>
<item><title>Array programming with &lt;i&gt;NumPy&lt;/i&gt;</title><link>https://www.nature.com/articles/s41586-020-2649-2</link>
<dc:creator>Charles R. Harris</dc:creator><dc:creator>K. Jarrod Millman</dc:creator><dc:date>2020-09-16</dc:date>
<description>Nature, Published online: 16 September 2020; doi:10.1038/s41586-020-2649-2</description>
<prism:doi>10.1038/s41586-020-2649-2</prism:doi><prism:publicationName>Nature</prism:publicationName><prism:volume>585</prism:volume></item>
<item><title>From the editors</title><link>https://example.org/news/1</link></item></rdf:RDF>`;

describe("a saved feed of a journal", () => {
  it("gives its papers, and says how many of its items are none", async () => {
    const { listings, problems } = await readFileOf("a.xml", journal);
    expect(listings).toMatchObject([
      {
        title: "Array programming with NumPy",
        authors: { names: ["Charles R. Harris", "K. Jarrod Millman"] },
        date: "2020-09-16",
        doi: "10.1038/s41586-020-2649-2",
        containerTitle: "Nature",
        volume: "585",
      },
    ]);
    expect(listings[0]).not.toHaveProperty("abstract");
    expect(problems).toEqual([
      "-: expected items with a DOI, an arXiv identifier or the page of a paper, found 1 of 2 without",
    ]);
  });

  it("may be Atom, with names and an abstract in a line each", async () => {
    const about = "We find that wombats are of use. ".repeat(8).trim();
    const feed = `<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>One</title><link href="https://www.biorxiv.org/content/10.1101/2020.01.01.123456v1?rss=1"/>
<author><name>Ann Alpha, Bob Beta</name></author><summary>${about}</summary><published>2020-01-02T00:00:00Z</published></entry></feed>`;
    expect(await readFileOf("a.atom", feed)).toMatchObject({
      listings: [
        {
          title: "One",
          doi: "10.1101/2020.01.01.123456",
          date: "2020-01-02",
          abstract: about,
          authors: { names: ["Ann Alpha", "Bob Beta"] },
        },
      ],
      problems: [],
    });
  });

  it.each([
    [
      "a blog that speaks of arXiv",
      "<rss><channel><item><title>Wombats</title><description>See https://arxiv.org/abs/1706.03762</description></item></channel></rss>",
      "1 of 1 without",
    ],
    ["a blog", "<rss><channel><item><title>Wombats</title></item></channel></rss>", "1 of 1 without"],
    ["an empty feed", "<rss><channel/></rss>", "a feed without items"],
  ])("that is of %s has none, and is told", async (_what, feed, found) => {
    expect(await readFileOf("a.rss", feed)).toMatchObject({
      listings: [],
      problems: [`-: expected items with a DOI, an arXiv identifier or the page of a paper, found ${found}`],
    });
  });
});

describe("another list of feeds", () => {
  it("is refused by its own name", async () => {
    expect(
      (await readFileOf("a.opml", '<?xml version="1.0"?>\n<opml version="2.0"></opml>')).problems,
    ).toEqual([expect.stringContaining("a list of feeds (OPML): name arXiv's categories")]);
  });
});
