import { existsSync } from "node:fs";
import type { Browser } from "playwright-core";

declare global {
  // Names of the browser's types that playwright-core uses and Node's types do not have; no test touches what they stand for.
  type Node = unknown;
  type HTMLElement = unknown;
  type SVGElement = unknown;
  type HTMLElementTagNameMap = Readonly<Record<string, unknown>>;
}

/** Where systems keep Chromium or Chrome; CHROMIUM names another place. */
const PLACES = [
  process.env["CHROMIUM"] ?? "",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
];

/** The browser of this machine; undefined where there is none, and tests of pages in a browser are skipped. */
export const chromium = PLACES.find((file) => file !== "" && existsSync(file));

/** Opens it without a window. The caller closes it. */
export async function openChromium(): Promise<Browser> {
  const { chromium: driver } = await import("playwright-core");
  // Tests run as root in containers, where Chromium's sandbox cannot be had; they open pages of this program alone.
  const args = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"];
  return driver.launch({ executablePath: chromium ?? "chromium", args });
}
