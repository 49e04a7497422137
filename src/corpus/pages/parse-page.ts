import type { Listing } from "../paper.ts";
import type { Parsed } from "../problem.ts";
import { isAlternatingLayout, readAlternatingLayout } from "./alternating-layout.ts";
import { pageText, complain } from "./page-text.ts";
import { isSpacedLayout, readSpacedLayout } from "./spaced-layout.ts";

/**
 * Reads a Hugging Face Papers page saved as text, in any of the layouts such pages have. `file` is the name that
 * problems and papers carry. Never throws: what is not understood is a problem with file, line and what was expected.
 */
export function parsePage(file: string, text: string): Parsed<Listing> {
  const page = pageText(file, text);
  if (isAlternatingLayout(page)) return { items: readAlternatingLayout(page), problems: page.problems };
  if (isSpacedLayout(page)) return { items: readSpacedLayout(page), problems: page.problems };
  complain(
    page,
    page.lines.find((line) => line.text !== ""),
    "a saved Hugging Face Papers page, which starts with “Get trending papers in your email inbox!” or “new”",
  );
  return { items: [], problems: page.problems };
}
