import type { FakePaper } from "./world.ts";

const escape = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/** An entry of the query API, as its user's manual prints it. */
function entry(paper: FakePaper): string {
  const [primary] = paper.categories;
  const link = `http://arxiv.org/abs/${paper.id}v1`;
  return `  <entry>
    <id>${link}</id>
    <title>${escape(paper.title)}</title>
    <updated>${paper.submitted}</updated>
    <link href="https://arxiv.org/abs/${paper.id}v1" rel="alternate" type="text/html"/>
    <link href="https://arxiv.org/pdf/${paper.id}v1" rel="related" type="application/pdf" title="pdf"/>
    <summary>  ${escape(paper.abstract)}
</summary>
${paper.categories.map((term) => `    <category term="${term}" scheme="http://arxiv.org/schemas/atom"/>`).join("\n")}
    <published>${paper.submitted}</published>
    <arxiv:comment>12 pages, 3 figures</arxiv:comment>
    <arxiv:primary_category term="${primary}"/>
${paper.doi === undefined ? "" : `    <arxiv:doi>${paper.doi}</arxiv:doi>\n`}${paper.authors.map(({ name }) => `    <author>\n      <name>${escape(name)}</name>\n      <arxiv:affiliation>Somewhere</arxiv:affiliation>\n    </author>`).join("\n")}
  </entry>`;
}

/** What a page of the query API says about itself. */
export interface PageFacts {
  /** Absent where the page does not say it. */
  readonly total: number | undefined;
  readonly start: number;
}

/** A page of the query API. */
export function queryFeed(papers: readonly FakePaper[], { total, start }: PageFacts): string {
  return `<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom">
  <id>https://arxiv.org/api/cHxbiOdZaP56ODnBPIenZhzg5f8</id>
  <title>arXiv Query: search_query=cat:cs.AI</title>
  <updated>2026-03-06T00:00:00Z</updated>
  <opensearch:itemsPerPage>${papers.length}</opensearch:itemsPerPage>
${total === undefined ? "" : `  <opensearch:totalResults>${total}</opensearch:totalResults>\n`}  <opensearch:startIndex>${start}</opensearch:startIndex>
${papers.map(entry).join("\n")}
</feed>
`;
}

/** An error of the query API: a feed with one entry. */
export function errorFeed(message: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <id>https://arxiv.org/api/errors</id>
  <title>Error</title>
  <opensearch:totalResults xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">1</opensearch:totalResults>
  <entry>
    <id>https://arxiv.org/api/errors#${escape(message.replaceAll(" ", "_"))}</id>
    <title>Error</title>
    <summary>${escape(message)}</summary>
    <author><name>arXiv api core</name></author>
  </entry>
</feed>`;
}

const announceType = (paper: FakePaper, categories: readonly string[]): "new" | "cross" =>
  categories.includes(paper.categories[0]) ? "new" : "cross";

const rfc822 = (day: string): string => `${new Date(day).toUTCString().slice(0, 16)} 00:00:00 -0400`;

function item(paper: FakePaper, day: string, type: string): string {
  return `    <item>
      <title>${escape(paper.title)}</title>
      <link>https://arxiv.org/abs/${paper.id}</link>
      <description>arXiv:${paper.id}v1 Announce Type: ${type} \nAbstract: ${escape(paper.abstract)}</description>
      <guid isPermaLink="false">oai:arXiv.org:${paper.id}v1</guid>
${paper.categories.map((term) => `      <category>${term}</category>`).join("\n")}
      <pubDate>${rfc822(day)}</pubDate>
      <arxiv:announce_type>${type}</arxiv:announce_type>
      <dc:rights>http://creativecommons.org/licenses/by/4.0/</dc:rights>
      <dc:creator>${paper.authors.map(({ name }) => escape(name)).join(", ")}</dc:creator>
${paper.doi === undefined ? "" : `      <arxiv:DOI>${paper.doi}</arxiv:DOI>\n`}    </item>`;
}

/** The daily RSS of categories: new papers, cross-lists, and a replacement of an old one. */
export function dailyRss(papers: readonly FakePaper[], day: string, categories: readonly string[]): string {
  const items = papers.map((paper) => item(paper, day, announceType(paper, categories)));
  const [first] = papers;
  if (first !== undefined)
    items.push(item({ ...first, id: "2501.00001", title: "An old paper" }, day, "replace"));
  const name = categories.join("+");
  return `<?xml version='1.0' encoding='UTF-8'?>
<rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" version="2.0">
  <channel>
    <title>${name} updates on arXiv.org</title>
    <link>http://rss.arxiv.org/rss/${name}</link>
    <description>${name} updates on the arXiv.org e-print archive.</description>
    <atom:link href="http://rss.arxiv.org/rss/${name}" rel="self" type="application/rss+xml"/>
    <docs>http://www.rssboard.org/rss-specification</docs>
    <language>en-us</language>
    <lastBuildDate>${rfc822(day)}</lastBuildDate>
    <managingEditor>rss-help@arxiv.org</managingEditor>
    <pubDate>${rfc822(day)}</pubDate>
    <skipDays>
      <day>Sunday</day>
      <day>Saturday</day>
    </skipDays>
${items.join("\n")}
  </channel>
</rss>
`;
}

/** The same day as Atom. */
export function dailyAtom(papers: readonly FakePaper[], day: string, categories: readonly string[]): string {
  const entries = papers.map((paper) => {
    const type = announceType(paper, categories);
    return `  <entry>
    <id>oai:arXiv.org:${paper.id}v1</id>
    <title>${escape(paper.title)}</title>
    <updated>${day}T00:00:00-04:00</updated>
    <link href="https://arxiv.org/abs/${paper.id}" rel="alternate" type="text/html"/>
    <summary>arXiv:${paper.id}v1 Announce Type: ${type} \nAbstract: ${escape(paper.abstract)}</summary>
    <category term="${paper.categories[0]}"/>
    <published>${day}T00:00:00-04:00</published>
    <arxiv:announce_type>${type}</arxiv:announce_type>
    <dc:creator>${paper.authors.map(({ name }) => escape(name)).join(", ")}</dc:creator>
  </entry>`;
  });
  const name = categories.join("+");
  return `<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns="http://www.w3.org/2005/Atom" xml:lang="en-us">
  <id>http://rss.arxiv.org/atom/${name}</id>
  <title>${name} updates on arXiv.org</title>
  <updated>${day}T00:00:00-04:00</updated>
  <link href="http://rss.arxiv.org/atom/${name}" rel="self" type="application/atom+xml"/>
${entries.join("\n")}
</feed>
`;
}
