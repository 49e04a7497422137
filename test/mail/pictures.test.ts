import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { digestMessage } from "../../adapters/mail/message.ts";
import { simpleParser } from "mailparser";
import { answer, emphasis, link, plain, prose, strong, textCard } from "../../src/bot/reply.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((file) =>
  existsSync(file),
);

/** A phone's width, and one at which a mail program on a desk shows the whole column. */
const WIDTHS = [360, 700] as const;

const buttons = ["Details", "Similar"].map(
  (label) => ({ kind: "open", label, url: "https://example.org/" }) as const,
);
const paper = (title: string) => ({
  heading: [link(title, "https://example.org/")],
  blocks: [prose(plain("An abstract with words. ".repeat(20))), prose(emphasis("Chosen for: reasons"))],
  buttons,
});

/** A digest with a title that no line can hold, as HTML. */
async function htmlOfDigest(): Promise<string> {
  const raw = await digestMessage(
    {
      to: "me@example.org",
      reply: answer({
        summary: "A digest",
        cards: [
          { blocks: [prose(strong("Paper of the day · 3 March 2026"))], buttons: [] },
          paper(`On ${"supercalifragilistic".repeat(12)}`),
          textCard("Also worth a look:"),
          paper("2. Second"),
        ],
      }),
      key: "a:2026-03-03",
      leaveLink: "https://example.org/mail/leave/x/a",
      pageOf: () => undefined,
    },
    {
      smtp: { host: "127.0.0.1", port: 25, secure: false },
      from: { name: "Paperboy", address: "p@example.org" },
      url: "https://example.org",
    },
  );
  return String((await simpleParser(raw)).html);
}

interface Measured {
  readonly width: number;
  /** How far it can be scrolled aside. */
  readonly overflow: number;
  readonly background: string;
  /** The colours of texts on that ground. */
  readonly inks: readonly string[];
  /** Of the smallest text, and of the lowest link that is pressed, in pixels. */
  readonly text: number;
  readonly press: number;
}

/** What a browser makes of a page at these widths; asked in the page, since a picture tells it to people alone. */
const ASK = `<script>addEventListener("load", () => {
  const measured = [...document.querySelectorAll("iframe")].map((frame) => {
    const page = frame.contentDocument, look = (one) => frame.contentWindow.getComputedStyle(one);
    const words = [...page.querySelectorAll("h1, h2, p, a")];
    return {
      width: frame.contentWindow.innerWidth,
      overflow: page.documentElement.scrollWidth - frame.contentWindow.innerWidth,
      background: look(page.body).backgroundColor,
      inks: [...new Set(words.map((one) => look(one).color))],
      text: Math.min(...words.map((one) => parseFloat(look(one).fontSize))),
      press: Math.min(...[...page.querySelectorAll("td > p > a[style*=inline-block]")].map((one) => one.getBoundingClientRect().height)),
    };
  });
  const said = Object.assign(document.createElement("pre"), { id: "said", textContent: JSON.stringify(measured) });
  document.body.replaceChildren(said);
});</script>`;

async function measure(html: string, scheme: "light" | "dark"): Promise<readonly Measured[]> {
  const folder = await temporaryFolder();
  await writeFile(path.join(folder, "mail.html"), html);
  const frames = WIDTHS.map(
    (width) => `<iframe src="mail.html" style="border:0;width:${width}px;height:900px"></iframe>`,
  );
  const page = path.join(folder, "page.html");
  await writeFile(page, `<!doctype html>${ASK}<body>${frames.join("")}`);
  const { stdout } = await promisify(execFile)(CHROMIUM ?? "", [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--hide-scrollbars",
    "--allow-file-access-from-files",
    `--user-data-dir=${path.join(folder, "profile")}`,
    `--blink-settings=preferredColorScheme=${scheme === "dark" ? 0 : 1}`,
    "--dump-dom",
    `file://${page}`,
  ]);
  return JSON.parse(/id="said">(.*?)<\/pre>/s.exec(stdout)?.[1] ?? "[]") as Measured[];
}

/** How bright a colour is, from 0 to 1 (WCAG 2.2, relative luminance). */
function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = (colour.match(/\d+/g) ?? []).map((part) => {
    const share = Number(part) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [dark = 0, bright = 0] = [luminance(a), luminance(b)].toSorted((x, y) => x - y);
  return (bright + 0.05) / (dark + 0.05);
}

describe.skipIf(CHROMIUM === undefined)(
  "a mail in a browser (skipped where there is no Chromium in /usr/bin)",
  () => {
    it.each(["light", "dark"] as const)(
      "fits 360 and 700 pixels, and can be read and pressed, in the %s",
      async (scheme) => {
        const measured = await measure(await htmlOfDigest(), scheme);
        expect(measured.map(({ width }) => width)).toEqual(WIDTHS);
        for (const { overflow, background, inks, text, press } of measured) {
          expect(overflow).toBe(0);
          expect(luminance(background) > 0.5).toBe(scheme === "light");
          expect(inks.length).toBeGreaterThan(2);
          expect(Math.min(...inks.map((ink) => contrast(ink, background)))).toBeGreaterThan(4.5);
          expect([text >= 14, press >= 24]).toEqual([true, true]);
        }
      },
    );
  },
);
