import type { Format } from "../../citation/formats.ts";
import { FORMATS } from "../../citation/formats.ts";
import type { NameParts } from "../../corpus/names/person-name.ts";
import type { Paper } from "../../corpus/paper.ts";
import { SOURCE_KINDS, STATUS_KINDS } from "../../corpus/paper.ts";
import type { Publication } from "../../corpus/publication.ts";
import { PUBLICATION_TEXTS } from "../../corpus/publication.ts";

/** What data is, as JSON Schema (draft 2020-12) has it: an object with these properties and no others. */
export interface DataSchema {
  readonly type: "object";
  readonly properties: Readonly<Record<string, object>>;
  readonly required: readonly string[];
  readonly additionalProperties: false;
}

const object = (properties: Readonly<Record<string, object>>, ...required: string[]): DataSchema => ({
  type: "object",
  properties,
  required,
  additionalProperties: false,
});

const TEXT = { type: "string" };
const TEXTS = { type: "array", items: TEXT };
const COUNT = { type: "integer", minimum: 0 };
const INSTANT = { type: "string", description: "ISO 8601, in UTC" };

const nameParts = object({
  family: TEXT,
  given: TEXT,
  particle: TEXT,
  suffix: TEXT,
  literal: { ...TEXT, description: "The whole name of a group" },
} satisfies Record<keyof NameParts, object>);

const status = object({ kind: { type: "string", enum: STATUS_KINDS }, words: TEXT }, "kind", "words");

const origin = object(
  {
    kind: { type: "string", enum: [...new Set(SOURCE_KINDS), "identifier"] },
    listedOn: { ...TEXT, description: "The page, file or service, by its name" },
    readAt: INSTANT,
    facts: { ...TEXTS, description: "What was taken from there" },
  },
  "kind",
  "listedOn",
  "facts",
);

/** What `paperRecord` writes: the compiler finds a fact of papers that is not told here. */
type PaperKey =
  | Exclude<keyof Paper, keyof Publication | "urls" | "hiddenAuthors">
  | "url"
  | "authorParts"
  | "moreAuthors"
  | "authorCount";

const paperProperties = {
  id: { ...TEXT, description: "By which the other operations know it: arxiv:1706.03762, or title:…" },
  title: TEXT,
  url: { ...TEXT, description: "Where it is to be read" },
  abstract: TEXT,
  date: { type: "string", pattern: "^\\d{4}(-\\d{2}(-\\d{2})?)?$", description: "As exactly as it is known" },
  authors: { ...TEXTS, description: "As they are printed, in the order of the paper" },
  authorParts: { type: "array", items: nameParts, description: "The same in parts, where a source has them" },
  moreAuthors: { const: true, description: "There are more authors than those named" },
  authorCount: COUNT,
  organisation: object({ name: TEXT, handle: TEXT }, "name"),
  comments: COUNT,
  upvotes: object({ count: COUNT, readAt: INSTANT }, "count", "readAt"),
  status: { ...status, description: "Absent for a paper that stands" },
  editors: object(
    {
      kind: { const: "named" },
      names: TEXTS,
      parts: { type: "array", items: nameParts },
      others: { const: true },
    },
    "kind",
    "names",
  ),
  keywords: TEXTS,
  otherDois: TEXTS,
  otherTitles: TEXTS,
  listedOn: { ...TEXTS, description: "The pages and files that list it" },
  origins: { type: "array", items: origin, description: "Where each fact was taken from, and when" },
} satisfies Record<PaperKey, object>;

const paperFacts = {
  ...paperProperties,
  ...Object.fromEntries(PUBLICATION_TEXTS.map((name) => [name, TEXT])),
};
const ALWAYS = ["id", "title", "url", "listedOn", "origins"];

/** A paper as data: what `paperRecord` writes. */
export const paperSchema: DataSchema = object(paperFacts, ...ALWAYS);

/** A paper of a list: with why it stands there. */
export const hitSchema: DataSchema = object(
  {
    ...paperFacts,
    score: { type: "number", description: "Comparable within one answer only" },
    snippet: { ...TEXT, description: "The sentence of the abstract that matches best" },
    missing: { ...TEXTS, description: "Words of the query that stand nowhere in it" },
    shared: { ...TEXTS, description: "The most telling words that it shares with the papers named" },
    alike: {
      type: "array",
      items: TEXTS,
      description: "Words of the papers named beside those of this one that mean nearly the same",
    },
  },
  ...ALWAYS,
);

/** A paper of a map: with what it shares with others of it. */
export const mapSchema: DataSchema = object(
  {
    ...paperFacts,
    asked: { type: "boolean", description: "Whether it was asked for; the others are near it" },
    near: {
      type: "array",
      description: "Papers of the map that it is drawn to, the nearest first",
      items: object({ id: TEXT, score: { type: "number" }, shared: TEXTS }, "id", "score", "shared"),
    },
  },
  ...ALWAYS,
  "asked",
  "near",
);

/** How often a topic comes up over time, as data. */
export const trendSchema: DataSchema = object(
  {
    topic: TEXT,
    per: { type: "string", enum: ["month", "year"] },
    total: { ...COUNT, description: "Papers that have it, whatever their date" },
    spans: {
      type: "array",
      description: "Every time, without a gap",
      items: object(
        {
          name: { type: "string", pattern: "^\\d{4}(-\\d{2})?$" },
          papers: { ...COUNT, description: "All papers of this time" },
          matching: { ...COUNT, description: "Those that have the topic" },
          open: { type: "boolean", description: "Whether the time is not over" },
        },
        "name",
        "papers",
        "matching",
        "open",
      ),
    },
    undated: { ...COUNT, description: "Papers whose date is not known well enough to be counted" },
    earlier: { ...COUNT, description: "Papers before the first time" },
  },
  "topic",
  "per",
  "total",
  "spans",
  "undated",
  "earlier",
);

const entry = (format: Format): object =>
  format === "csl-json" ? { type: "object", description: "An item of CSL-JSON 1.0.2" } : TEXT;

/** A citation as data: the entry under the name of its format. */
export const citationSchema: DataSchema = object(
  {
    id: TEXT,
    title: TEXT,
    key: { ...TEXT, description: "By which a text cites it" },
    status,
    ...Object.fromEntries(FORMATS.map((format) => [format, entry(format)])),
  },
  "id",
  "title",
  "key",
);

/** A digest that a channel got, as data. */
export const sentSchema: DataSchema = object(
  {
    key: { ...TEXT, description: "The same for good, and for no other digest of the archive" },
    date: { ...TEXT, description: "The day that it was of: YYYY-MM-DD" },
    sentAt: INSTANT,
    paper: { ...paperSchema, description: "The paper of the day" },
    runnersUp: { type: "array", items: paperSchema },
  },
  "key",
  "date",
  "sentAt",
  "paper",
  "runnersUp",
);
