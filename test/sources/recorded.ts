/**
 * Answers of the services. The item of `/api/daily_papers` is one of 6 March 2026, with long texts cut and a hidden
 * author added; the old search has the shape told in huggingface_hub #2553; the feeds and the snapshot's line are
 * written after what arXiv documents of them.
 */

/** One item of `GET /api/daily_papers?date=2026-03-06`. */
export const dailyItem = {
  paper: {
    id: "2602.23229",
    authors: [
      { _id: "69aa20ecc4f6edddcc6c85cd", name: "Marco Garosi", hidden: false },
      { _id: "69aa20ecc4f6edddcc6c85ce", name: "Somebody Else", hidden: true },
    ],
    mediaUrls: ["https://cdn-uploads.huggingface.co/production/uploads/x.webp"],
    publishedAt: "2026-02-26T17:08:18.000Z",
    submittedOnDailyAt: "2026-03-06T03:55:12.777Z",
    title: "Large Multimodal Models as General In-Context Classifiers",
    submittedOnDailyBy: {
      _id: "65a103d5230f8846b1b99cfa",
      avatarUrl: "/avatars/x.svg",
      isPro: false,
      fullname: "Marco Garosi",
      user: "marco-garosi",
      type: "user",
    },
    summary: "Which multimodal model should we use for classification?",
    upvotes: 10,
    discussionId: "69aa20edc4f6edddcc6c85d2",
    projectPage: "https://circle-lmm.github.io/",
    githubRepo: "https://github.com/marco-garosi/CIRCLE",
    githubRepoAddedBy: "user",
    ai_summary: "Large Multimodal Models demonstrate …",
    ai_keywords: ["Vision-Language Models", "in-context learning"],
    githubStars: 9,
    organization: {
      _id: "647ef9ce45baf21ad707cc59",
      name: "MHUGLab",
      fullname: "Multimedia and Human Understanding Group",
      avatar: "https://example.org/a.png",
    },
  },
  publishedAt: "2026-02-26T12:08:18.000Z",
  title: "Large Multimodal Models as General In-Context Classifiers",
  summary: "Which multimodal model should we use for classification?",
  mediaUrls: ["https://cdn-uploads.huggingface.co/production/uploads/x.webp"],
  thumbnail: "https://cdn-thumbnails.huggingface.co/social-thumbnails/papers/2602.23229.png",
  numComments: 1,
  submittedBy: { _id: "x", fullname: "Marco Garosi", name: "marco-garosi", type: "user", followerCount: 1 },
  isAuthorParticipating: false,
};

/** The shape of `/api/papers/search` in September 2024. */
export const oldSearch = [
  { id: "2306.00001", title: "An Older Paper", thumbnailUrl: "https://example.org/t.png", source: null },
];

/** A line of arXiv's metadata snapshot. */
export const snapshotLine = {
  id: "0704.0001",
  submitter: "Pavel Nadolsky",
  authors: "C. Bal\\'azs, E. L. Berger, P. M. Nadolsky, C.-P. Yuan",
  title: "Calculation of prompt diphoton production cross sections at Tevatron and\n  LHC energies",
  comments: "37 pages, 15 figures; published version",
  "journal-ref": "Phys.Rev.D76:013009,2007",
  doi: "10.1103/PhysRevD.76.013009",
  "report-no": "ANL-HEP-PR-07-12",
  categories: "hep-ph",
  license: null,
  abstract: "  A fully differential calculation in perturbative quantum chromodynamics is\npresented.\n",
  versions: [
    { version: "v1", created: "Mon, 2 Apr 2007 19:18:42 GMT" },
    { version: "v2", created: "Tue, 24 Jul 2007 20:10:27 GMT" },
  ],
  update_date: "2008-11-26",
  authors_parsed: [
    ["Balázs", "C.", ""],
    ["Berger", "E. L.", ""],
    ["Nadolsky", "P. M.", ""],
    ["Yuan", "C. -P.", ""],
  ],
};

/** A daily RSS with every kind of announcement. */
export const mixedRss = `<?xml version='1.0' encoding='UTF-8'?>
<rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0">
  <channel>
    <title>cs.CL updates on arXiv.org</title>
    <link>http://rss.arxiv.org/rss/cs.CL</link>
    <pubDate>Fri, 06 Mar 2026 00:00:00 -0500</pubDate>
    <skipDays><day>Saturday</day><day>Sunday</day></skipDays>
    <item>
      <title>Token Merging for  Multilingual
  Speech Recognition in $O(n^2)$</title>
      <link>https://arxiv.org/abs/2603.01151</link>
      <description>arXiv:2603.01151v1 Announce Type: new
Abstract: Leading multilingual &amp; low-resource models &lt;b&gt;are&lt;/b&gt; expensive.</description>
      <guid isPermaLink="false">oai:arXiv.org:2603.01151v1</guid>
      <category>cs.CL</category>
      <pubDate>Fri, 06 Mar 2026 00:00:00 -0500</pubDate>
      <arxiv:announce_type>new</arxiv:announce_type>
      <dc:rights>http://creativecommons.org/licenses/by/4.0/</dc:rights>
      <dc:creator>A. M\\"uller (Univ. Bonn, Germany), Mei Chen</dc:creator>
      <arxiv:DOI>10.1145/3366423</arxiv:DOI>
    </item>
    <item>
      <title>A cross-list</title>
      <link>https://arxiv.org/abs/2603.01999</link>
      <description>arXiv:2603.01999v1 Announce Type: cross
Abstract: Listed twice.</description>
      <guid isPermaLink="false">oai:arXiv.org:2603.01999v1</guid>
      <pubDate>Fri, 06 Mar 2026 00:00:00 -0500</pubDate>
      <arxiv:announce_type>cross</arxiv:announce_type>
      <dc:creator>Someone</dc:creator>
    </item>
    <item>
      <title>A replaced paper</title>
      <link>https://arxiv.org/abs/2501.00001</link>
      <description>arXiv:2501.00001v3 Announce Type: replace
Abstract: Nothing new.</description>
      <guid isPermaLink="false">oai:arXiv.org:2501.00001v3</guid>
      <arxiv:announce_type>replace</arxiv:announce_type>
    </item>
    <item>
      <title>A replaced cross-list</title>
      <link>https://arxiv.org/abs/2501.00002</link>
      <arxiv:announce_type>replace-cross</arxiv:announce_type>
    </item>
  </channel>
</rss>`;

/** An answer of the query API. */
export const queryFeed = `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <link href="http://arxiv.org/api/query?search_query%3D%26id_list%3D2602.23229" rel="self" type="application/atom+xml"/>
  <title type="html">ArXiv Query: search_query=&amp;id_list=2602.23229</title>
  <id>http://arxiv.org/api/cHxbiOdZaP56ODnBPIenZhzg5f8</id>
  <updated>2026-03-06T00:00:00-05:00</updated>
  <opensearch:totalResults xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">1</opensearch:totalResults>
  <opensearch:startIndex xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">0</opensearch:startIndex>
  <opensearch:itemsPerPage xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">1</opensearch:itemsPerPage>
  <entry>
    <id>http://arxiv.org/abs/2602.23229v2</id>
    <updated>2026-03-04T09:00:00Z</updated>
    <published>2026-02-26T17:08:18Z</published>
    <title>Large Multimodal Models as General
  In-Context Classifiers</title>
    <summary>  Which multimodal model should we use
for classification?
</summary>
    <author><name>Marco Garosi</name><arxiv:affiliation xmlns:arxiv="http://arxiv.org/schemas/atom">Trento</arxiv:affiliation></author>
    <author><name>Massimiliano Mancini</name></author>
    <arxiv:doi xmlns:arxiv="http://arxiv.org/schemas/atom">10.1109/CVPR.2026.1</arxiv:doi>
    <link title="doi" href="http://dx.doi.org/10.1109/CVPR.2026.1" rel="related"/>
    <arxiv:comment xmlns:arxiv="http://arxiv.org/schemas/atom">8 pages</arxiv:comment>
    <link href="http://arxiv.org/abs/2602.23229v2" rel="alternate" type="text/html"/>
    <link title="pdf" href="http://arxiv.org/pdf/2602.23229v2" rel="related" type="application/pdf"/>
    <arxiv:primary_category xmlns:arxiv="http://arxiv.org/schemas/atom" term="cs.CV" scheme="http://arxiv.org/schemas/atom"/>
    <category term="cs.CV" scheme="http://arxiv.org/schemas/atom"/>
  </entry>
</feed>`;
