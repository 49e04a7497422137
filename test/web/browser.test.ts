import { mkdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import path from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chromium, openChromium } from "../kit/chromium.ts";
import { serveSeed } from "./serve-seed.ts";

/** The narrowest phones that are sold. */
const PHONE = { viewport: { width: 320, height: 640 }, isMobile: true, hasTouch: true };

/** The script of axe-core; its types need those of a browser, which nothing else here does. */
const AXE = fileURLToPath(import.meta.resolve("axe-core/axe.min.js"));

/** What is read of what axe finds. */
interface Findings {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly html: string }[];
  }[];
}

/** A folder for pictures of the pages, to be looked at. */
const { PAPERBOY_SCREENSHOTS: pictures } = process.env;

describe.skipIf(chromium === undefined)("the pages in Chromium (skipped where there is none)", () => {
  let browser: Browser;
  let served: Awaited<ReturnType<typeof serveSeed>>;
  beforeAll(async () => {
    [browser, served] = await Promise.all([openChromium(), serveSeed()]);
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await served.end();
  });

  /** A page of a browser of its own, and all that it complains of. */
  async function open(options: BrowserContextOptions = {}) {
    const context = await browser.newContext({ baseURL: served.address, ...options });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on("console", (line) => {
      if (line.type() === "error" || line.type() === "warning") complaints.push(line.text());
    });
    page.on("pageerror", ({ message }) => complaints.push(message));
    page.on("requestfailed", (request) => complaints.push(`${request.url()} failed`));
    page.on("request", (request) => {
      const url = request.url();
      if (!url.startsWith(served.address) && !url.startsWith("data:")) complaints.push(`${url} is of others`);
    });
    return { page, complaints, close: () => context.close() };
  }

  const picture = async (page: Page, name: string): Promise<void> => {
    if (pictures === undefined) return;
    await mkdir(pictures, { recursive: true });
    await page.screenshot({ path: path.join(pictures, `${name}.png`), fullPage: true });
  };

  /** What axe finds wrong with a page, by the rules of WCAG 2.2 and its own of good practice. */
  async function violations(page: Page): Promise<string[]> {
    // The page lets no script run; the browser's own door is not the page's.
    await page.evaluate(await readFile(AXE, "utf8"));
    const found = (await page.evaluate("axe.run()")) as Findings;
    return found.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
  }

  it("find, turn the page, narrow down, and lead to a paper, those near it and its citation", async () => {
    const { page, complaints, close } = await open();
    await page.goto("/");
    await page.getByRole("searchbox", { name: "Search papers" }).fill("models");
    await page.keyboard.press("Enter");
    await page.getByText(/1–10 of \d+ papers/).waitFor();
    await page.getByRole("link", { name: "Next" }).click();
    await page.getByText(/11–20 of \d+ papers/).waitFor();
    await page.getByRole("navigation", { name: "Narrow down" }).getByRole("link").first().click();
    await page.getByRole("link", { name: /, remove$/ }).waitFor();
    await page.getByRole("article").first().getByRole("heading").getByRole("link").click();
    await page.getByRole("heading", { level: 1 }).waitFor();
    const ris = page.locator("details", { has: page.getByText("RIS", { exact: true }) });
    await ris.locator("summary").click();
    await ris.locator("pre").click();
    const selected = String(await page.evaluate("getSelection().toString()"));
    expect(selected.trim()).toBe((await ris.locator("pre").innerText()).trim());
    expect(selected).toMatch(/^TY {2}- /);
    const [file] = await Promise.all([page.waitForEvent("download"), ris.getByRole("link").click()]);
    expect(file.suggestedFilename()).toMatch(/\.ris$/);
    await page.getByRole("heading", { level: 3 }).first().getByRole("link").click();
    await page.getByRole("heading", { name: "Cite" }).waitFor();
    expect([complaints, served.errors]).toEqual([[], []]);
    await close();
  }, 60_000);

  it("have nothing that axe finds wrong, in the light and the dark, and fit a narrow phone", async () => {
    const paper = await (async () => {
      const { page, close } = await open();
      await page.goto("/search?q=models");
      const href = await page
        .getByRole("article")
        .first()
        .getByRole("heading")
        .getByRole("link")
        .getAttribute("href");
      await close();
      return href ?? "";
    })();
    const places = {
      front: "/",
      search: "/search?q=why+do+transformers+grok%3F",
      narrowed: "/search?q=models+source%3A%22004_04495877710f5129.txt%22",
      nothing: "/search?q=xqzvbn+org%3Anobody",
      mistake: "/search?q=after%3Achristmas",
      paper,
      cite: `/cite?paper=${paper.slice("/paper/".length)}&format=csl-json`,
      archive: `/archive/${served.archive}`,
      today: "/today",
      about: "/about",
      trend: "/trend?q=diffusion%2C+language",
      missing: "/no-such-page",
    };
    const found: Record<string, readonly string[]> = {};
    for (const [colours, names, options] of [
      ["phone", Object.keys(places), PHONE],
      ["dark", ["front", "narrowed", "paper", "today", "archive"], { colorScheme: "dark" }],
    ] as const) {
      const { page, close } = await open(options);
      for (const name of names) {
        await page.goto(places[name as keyof typeof places]);
        const wide = Number(await page.evaluate("document.documentElement.scrollWidth - innerWidth"));
        const wrong = [...(await violations(page)), ...(wide > 0 ? [`${wide} pixels too wide`] : [])];
        if (wrong.length > 0) found[`${name}, ${colours}`] = wrong;
        await picture(page, `${name}-${colours}`);
      }
      await close();
    }
    expect(found).toEqual({});
  }, 120_000);
});
