import type { FakePaper } from "./world.ts";

/** Eastern time printed as UTC, as the outer `publishedAt` is: five hours behind in winter. */
const eastern = (instant: string): string => new Date(Date.parse(instant) - 5 * 3_600_000).toISOString();

const objectId = (seed: string): string => Buffer.from(seed.padEnd(12, "x")).toString("hex").slice(0, 24);

function paperFields(paper: FakePaper, listed: string): Record<string, unknown> {
  return {
    id: paper.id,
    authors: paper.authors.map((author) => ({ _id: objectId(author.name), ...author })),
    publishedAt: new Date(paper.submitted).toISOString(),
    // Since about May 2026 a mere day, printed as midnight.
    submittedOnDailyAt: `${listed}T00:00:00.000Z`,
    title: paper.title,
    submittedOnDailyBy: { _id: objectId("by"), fullname: "AK", user: "akhaliq", type: "user", isPro: false },
    summary: paper.abstract,
    upvotes: paper.upvotes,
    discussionId: objectId(paper.id),
    githubRepo: "example/code",
    projectPage: `https://example.org/${paper.id}/`,
    ai_summary: "A summary that Hugging Face wrote.",
    ai_keywords: ["keywords", "by Hugging Face"],
    githubStars: 9,
    ...(paper.organisation === undefined
      ? {}
      : {
          organization: { _id: objectId("org"), ...paper.organisation, avatar: "https://example.org/a.png" },
        }),
  };
}

/** An item of `/api/daily_papers` in the shape of 2026. */
export function dailyItem(paper: FakePaper): Record<string, unknown> {
  return {
    paper: paperFields(paper, paper.listed ?? paper.announced),
    publishedAt: eastern(paper.submitted),
    title: paper.title,
    summary: paper.abstract,
    mediaUrls: [],
    thumbnail: `https://cdn-thumbnails.huggingface.co/social-thumbnails/papers/${paper.id}.png`,
    numComments: paper.comments,
    submittedBy: { _id: objectId("by"), fullname: "AK", name: "akhaliq", type: "user", isHf: true },
    isAuthorParticipating: false,
  };
}

/** An item of `/api/papers/search`. */
export function searchItem(paper: FakePaper): Record<string, unknown> {
  return {
    ...dailyItem(paper),
    upvoted: false,
    highlightedTitle: `<mark>${paper.title}</mark>`,
    highlightedSummary: paper.abstract,
  };
}

const attribute = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** A card of the page, as the browser draws it. */
function card(paper: FakePaper): string {
  const href = `/papers/${paper.id}`;
  return `<article class="relative flex flex-col overflow-hidden rounded-xl border"><a href="${href}" class="cursor-pointer"><img src="https://example.org/t.png" alt=""></a>
  <div class="-mt-2 flex p-6 pb-4"><div class="shadow-alternate flex h-14"><a href="/login?next=%2Fpapers%2F${paper.id}" class="self-start"><svg></svg><div class="leading-none">${paper.upvotes}</div></a></div>
  <div class="w-full"><h3 class="mb-1 text-lg"><a href="${href}" class="line-clamp-3 cursor-pointer text-balance">${attribute(paper.title)}</a></h3>
  <div class="flex items-center"><div class="flex truncate text-sm">Submitted by <div class="flex">AK</div></div><ul class="flex"><li>·</li><li>${paper.authors.length} authors</li></ul><a href="${href}#community" class="flex"><svg></svg>${paper.comments}</a></div></div></div></article>`;
}

/** The day's page saved as HTML; without \`props\` as browsers save it that drop the attribute. */
export function dailyPage(papers: readonly FakePaper[], day: string, { props = true } = {}): string {
  const data = {
    periodType: "day",
    dateString: day,
    prevDate: "2026-03-03",
    dailyPapers: papers.map(dailyItem),
  };
  const shown = props ? ` data-props="${attribute(JSON.stringify(data))}"` : "";
  return `<!doctype html>
<html class=""><head><meta charset="utf-8" /><title>Daily Papers - Hugging Face</title></head><body>
<div class="SVELTE_HYDRATER contents" data-target="MainHeader" data-props="{&quot;classNames&quot;:&quot;&quot;}"></div>
<main><div class="SVELTE_HYDRATER contents" data-target="DailyPapers"${shown}><section><h1>Daily Papers</h1><p>by <a href="/akhaliq">AK</a> and the research community</p>
${papers.map(card).join("\n")}
</section></div></main></body></html>`;
}
