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
