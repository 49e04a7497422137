import type { Engine, Processor } from "citeproc";
import { fold } from "../corpus/fold.ts";
import { titlePieces } from "./capitals.ts";
import type { CslItem, CslName } from "./csl-item.ts";
import { isOthers } from "./csl-item.ts";
import { installMarkdown } from "./markdown.ts";
import type { PreparedStyle, StyleChoice } from "./style.ts";
import { prepareStyle, readLocale } from "./style.ts";

/** Entries in a style. */
export interface Styled {
  /** In the order of the style. */
  readonly entries: readonly { readonly key: string; readonly text: string }[];
  /** What is not as the style asks for. */
  readonly notes: readonly string[];
}

/** The name that stands for all others while a style is at work: no text has this sign of the private use area. */
const REST = "\uE000";

/** What styles put between the last names, in the languages that come with the program. */
const BEFORE_REST = /(?:,|、)?\s*(?:(?:&|\\&|and|und|et|y|e|en|и|…|\. \. \.)\s+|[및和、]\s*)?\uE000\.?/gu;

/** A title in which capitals stay that must. */
const withCapitals = (title: string): string =>
  titlePieces(title)
    .map(({ text, keep }) => (keep ? `<span class="nocase">${text}</span>` : text))
    .join("");

const withRest = (names: readonly CslName[] | undefined): readonly CslName[] | undefined =>
  names?.map((name) => (isOthers(name) ? { literal: REST } : name));

/** What styles say by other fields or not at all: where a paper lies at arXiv they say by its number, and twice with these. */
const UNSEEN = new Set(["archive", "archive_location", "status", "note", "custom", "keyword", "abstract"]);

/** What styles see of an item. */
function forStyles(item: CslItem): Record<string, unknown> {
  return {
    ...Object.fromEntries(Object.entries(item).filter(([name]) => !UNSEEN.has(name))),
    title: withCapitals(item.title),
    author: withRest(item.author),
    editor: withRest(item.editor),
  };
}

/** The place of an item in a list by authors, dates and titles. */
function sortKey({ author, editor, title, issued }: CslItem): string {
  const names = (author ?? editor ?? []).map((name) =>
    [name.literal, name.family, name["non-dropping-particle"], name.given].filter(Boolean).join(" "),
  );
  const date = (issued?.["date-parts"][0] ?? []).map((part) => String(part).padStart(4, "0")).join("-");
  return [names.length === 0 ? title : names.join(" "), date, title].map(fold).join("\u0000");
}

interface OpenStyle {
  readonly style: PreparedStyle;
  readonly engine: Engine;
  /** What the engine cites now. */
  items: ReadonlyMap<string, CslItem>;
  readonly missing: Set<string>;
}

/** The styles of the program that are in use: a few megabytes each. */
const opened = new Map<string, OpenStyle>();

function openStyle(CSL: Processor, choice: StyleChoice): OpenStyle {
  const known = choice.kind === "named" ? opened.get(choice.name) : undefined;
  if (known !== undefined) return known;
  const style = prepareStyle(choice, (xml) => CSL.parseXml(xml));
  const missing = new Set<string>();
  const retrieveLocale = (language: string): string => {
    const locale = readLocale(language);
    if (locale === undefined) missing.add(language);
    return locale ?? readLocale("en-US") ?? "";
  };
  const retrieveItem = (id: string): unknown => {
    const item = one.items.get(id);
    return item === undefined ? undefined : forStyles(item);
  };
  const engine = new CSL.Engine({ retrieveLocale, retrieveItem }, style.node);
  // Notes of papers are no place to look for fields in.
  engine.opt.development_extensions["field_hack"] = false;
  engine.opt.development_extensions["wrap_url_and_doi"] = true;
  const one: OpenStyle = { style, engine, items: new Map(), missing };
  if (choice.kind === "named") opened.set(choice.name, one);
  return one;
}

/** A mark behind the entry of a paper that no longer stands. */
const statusMark = ({ status }: CslItem): string =>
  status === undefined ? "" : ` [${status.charAt(0).toUpperCase()}${status.slice(1)}]`;

/** Items as entries of a style, as plain text or Markdown. Throws a UserError for a file that is no style. */
export async function renderStyled(
  items: readonly CslItem[],
  choice: StyleChoice,
  output: "text" | "markdown",
): Promise<Styled> {
  const { default: CSL } = await import("citeproc");
  // What it says while it works is not for the answer's stream.
  CSL.debug = () => {};
  installMarkdown(CSL.Output.Formats);
  const open = openStyle(CSL, choice);
  const { engine, style, missing } = open;
  const inOrder = style.unsorted
    ? items.map((item) => [sortKey(item), item] as const).toSorted(([a], [b]) => (a < b ? -1 : 1))
    : items.map((item) => ["", item] as const);
  const byKey = new Map(items.map((item) => [item.id, item]));
  engine.updateItems([]);
  open.items = byKey;
  engine.setOutputFormat(output);
  engine.updateItems(inOrder.map(([, { id }]) => id));
  const made = engine.makeBibliography();
  const [{ entry_ids: ids }, texts] = made === false ? [{ entry_ids: [] }, []] : made;
  const entries = texts.flatMap((text, i) => {
    const item = byKey.get(ids[i]?.[0] ?? "");
    if (item === undefined) return [];
    const line = text
      .replace(/\s*\n\s*/g, " ")
      .trim()
      .replace(BEFORE_REST, " et al.");
    return [{ key: item.id, text: line + statusMark(item) }];
  });
  const notes = Array.from(
    missing,
    (language) => `Words of the style such as “and” are English: there are none here in “${language}”.`,
  );
  return { entries, notes };
}
