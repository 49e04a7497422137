import type { SearchEngine } from "../client/client.ts";

/** Grows with whatever changes how papers are stored or their words read: an index of another number is made anew. */
export const STORED_VERSION = 1;

/** Numbers of a vector that one word of `bands` stands for: few enough that near vectors share many. */
export const BAND = 4;

/** BM25 as the ranking here has it, so that the candidates that are found are those that it would choose (rank.ts). */
const SIMILARITY = { words: { type: "BM25", k1: 1.5, b: 0.7 } } as const;

/** Words that came from our own analysis and are only parted at spaces. */
const words = { type: "text", analyzer: "spaces" } as const;
/** The same where only whether they are there matters. */
const marks = { ...words, norms: false, index_options: "docs" } as const;
/** The same where their places matter; texts of one paper are far apart. */
const places = { ...words, norms: false, index_options: "positions", position_increment_gap: 1000 } as const;
/** A key that is compared whole; a longer one than the engine can hold is left out. */
const key = { type: "keyword", ignore_above: 8000 } as const;
/** Content that is given back and never searched. */
const kept = { type: "keyword", index: false, doc_values: false } as const;

/** What a paper is found by, counted by and shown from (document.ts). */
const PAPER = {
  paper: kept,
  record: kept,
  vector: kept,
  revision: { type: "keyword", index: false, doc_values: true },
  id: key,
  added: { type: "long" },
  lot: { type: "double" },
  terms: { ...words, similarity: "words" },
  names: marks,
  authors: places,
  phrases: places,
  bands: marks,
  length: { type: "integer" },
  titleKeys: key,
  titleHashes: key,
  titleWords: marks,
  identity: key,
  known: key,
  shorts: key,
  longs: key,
  definitions: key,
  first: { type: "integer" },
  last: { type: "integer" },
  year: { type: "integer" },
  date: key,
  comments: { type: "long" },
  discussed: { type: "double" },
  stands: { type: "boolean" },
  authorsKind: key,
  belonging: key,
  organisation: key,
  organisationKeys: key,
  organisationWords: places,
  sources: key,
  sourceKeys: key,
  sourceWords: places,
} as const;

const analysis = {
  analyzer: { spaces: { type: "custom", tokenizer: "spaces", filter: [] } },
  tokenizer: { spaces: { type: "whitespace", max_token_length: 1000 } },
} as const;

/** The names of the indices that begin with a prefix. */
export const namesOf = ({ prefix }: SearchEngine) =>
  ({
    /** What questions are asked of: an alias of the generation in use. */
    papers: `${prefix}-papers`,
    words: `${prefix}-words`,
    /** The templates by which a generation is made. */
    paperTemplate: `${prefix}-papers`,
    wordTemplate: `${prefix}-words`,
    papersOf: (generation: string) => `${prefix}-papers-${generation}`,
    wordsOf: (generation: string) => `${prefix}-words-${generation}`,
  }) as const;

const settingsOf = ({ shards, replicas }: SearchEngine): object => ({
  number_of_shards: shards,
  number_of_replicas: replicas,
  // What other programs change is found after this; what this one changes, at once.
  refresh_interval: "5s",
  analysis,
});

/** The template of the papers' indices. */
export const paperTemplate = (engine: SearchEngine): object => ({
  index_patterns: [namesOf(engine).papersOf("*")],
  version: STORED_VERSION,
  template: {
    settings: { ...settingsOf(engine), similarity: SIMILARITY },
    mappings: { dynamic: "strict", properties: PAPER, _meta: { version: STORED_VERSION } },
  },
});

/** The template of the indices of words, one document each: for what is near a misspelt one and what begins with letters. */
export const wordTemplate = (engine: SearchEngine): object => ({
  index_patterns: [namesOf(engine).wordsOf("*")],
  version: STORED_VERSION,
  template: {
    settings: { ...settingsOf(engine), number_of_shards: 1 },
    mappings: {
      dynamic: "strict",
      properties: { word: { type: "keyword" }, length: { type: "integer" } },
      _meta: { version: STORED_VERSION },
    },
  },
});
