import type { ArxivId } from "../../corpus/paper.ts";
import { UserError } from "../../user-error.ts";
import type { IsoDay } from "../days.ts";
import { addDays } from "../days.ts";

/** A span of whole days, both included, by the day of submission in GMT. */
export interface Window {
  readonly first: IsoDay;
  readonly last: IsoDay;
}

/** An archive, or one of its subject classes, in the forms of arxiv.org/category_taxonomy: `cs.AI`, `hep-th`. */
const CATEGORY = new RegExp(
  [
    String.raw`^(?:(?:astro-ph|cs|econ|eess|math|nlin|q-bio|q-fin|stat)(?:\.[A-Za-z]{2})?`,
    String.raw`(?:cond-mat|physics)(?:\.[a-z]+(?:-[a-z]+)?)?`,
    "gr-qc|hep-(?:ex|lat|ph|th)|math-ph|nucl-(?:ex|th)|quant-ph)$",
  ].join("|"),
);

/** Whether a text can be a category of arXiv's; new subject classes of a known archive can. */
export function isCategory(text: string): boolean {
  return CATEGORY.test(text);
}

/** The categories as given, each once. Throws a UserError for what cannot be a category. */
export function checkCategories(categories: readonly string[]): readonly string[] {
  const wrong = categories.filter((category) => !isCategory(category));
  if (wrong.length > 0) {
    const found = wrong.map((category) => `“${category}”`).join(", ");
    throw new UserError(
      `arXiv categories look like cs.AI, stat.ML or hep-th; given: ${found}. They are listed at https://arxiv.org/category_taxonomy.`,
    );
  }
  return [...new Set(categories)];
}

/** Cuts the days from the first to the last into windows of at most `length` days. */
export function windowsOf({ first, last }: Window, length: number): Window[] {
  const windows: Window[] = [];
  for (let from = first; from <= last; from = addDays(from, length)) {
    const to = addDays(from, length - 1);
    windows.push({ first: from, last: to < last ? to : last });
  }
  return windows;
}

const compact = (day: IsoDay): string => day.replaceAll("-", "");

/** Papers of the categories that were submitted in a window, oldest first: parameters of `/api/query`. */
export function windowQuery(categories: readonly string[], { first, last }: Window): Record<string, string> {
  const any = categories.map((category) => `cat:${category}`).join(" OR ");
  return {
    search_query: `(${any}) AND submittedDate:[${compact(first)}0000 TO ${compact(last)}2359]`,
    sortBy: "submittedDate",
    sortOrder: "ascending",
  };
}

/** Papers by their ids: parameters of `/api/query`. */
export function idQuery(ids: readonly ArxivId[]): Record<string, string> {
  return { id_list: ids.join(","), start: "0", max_results: String(ids.length) };
}
