import { describe, expect, it } from "vitest";
import { createRoutes } from "../../adapters/web/routes.ts";
import { elementsOf } from "../charts/elements.ts";
import { collectingLog } from "../support/collecting-log.ts";
import { createSeedBot } from "../support/seed-bot.ts";

async function pages() {
  const { bot, library } = await createSeedBot();
  const { log } = collectingLog();
  const app = createRoutes(
    { bot, log, newReference: () => "ref-1", mcp: () => Promise.reject(new Error("not asked here")) },
    (host) => host === "localhost",
  );
  const get = async (path: string) => {
    const response = await app.request(`http://localhost${path}`, { headers: { host: "localhost" } });
    return { status: response.status, headers: response.headers, page: await response.text() };
  };
  return { get, library };
}

/** The picture of a page. */
const pictureOf = (page: string): string => /<svg[^]*<\/svg>/.exec(page)?.[0] ?? "";

describe("the page of a trend", () => {
  it("shows the lines as a picture without scripts or styles of its own, and the numbers as text", async () => {
    const { get } = await pages();
    const { status, page, headers } = await get("/trend?q=language+model%2C+%3Cscript%3E%22&per=year");
    expect(status).toBe(200);
    expect(page.length).toBeLessThan(100_000);
    expect(headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(page).not.toMatch(/<script|\sstyle=|\son\w+=/i);
    const { names, texts } = elementsOf(pictureOf(page));
    expect([...names]).toEqual(expect.arrayContaining(["svg", "desc", "path", "circle"]));
    expect(texts).toContain("language model");
    expect(page).toMatch(/2023\s+15\s+15 \(100 %\)/);
  });
});

describe("the page of a map", () => {
  it("shows papers as links in the order of the list below, which has the same relations", async () => {
    const { get, library } = await pages();
    await library.take([{ title: '<img src=x onerror=alert(1)> of "FastDINOv2"', listedOn: "a.bib" }]);
    const { status, page } = await get(
      `/map/${encodeURIComponent("FastDINOv2: Frequency Based Curriculum Learning Improves Robustness and Training Speed")}`,
    );
    expect(status).toBe(200);
    expect(page.length).toBeLessThan(100_000);
    expect(page).not.toMatch(/<script|\sstyle="|<img/i);
    const drawn = pictureOf(page);
    expect(drawn).toContain('role="group"');
    expect([...elementsOf(drawn).attributes].filter((name) => /^on|^style$/i.test(name))).toEqual([]);
    const hrefs = (text: string) =>
      Array.from(text.matchAll(/<a href="(\/paper\/[^"]+)"/g), ([, href]) => href);
    expect(hrefs(drawn).length).toBe(11);
    const listed = Array.from(
      page.slice(page.indexOf("</svg>")).matchAll(/<h2[^>]*>\s*<a href="([^"]+)"/g),
      ([, href]) => href,
    );
    expect(listed).toEqual(hrefs(drawn));
    expect(page.slice(page.indexOf("</svg>"))).toMatch(
      /Shares\s*<em>[^<]*FastDINOv2, ViT, self-supervised with 2/,
    );
  });
});
