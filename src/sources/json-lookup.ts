import type { SourceParts } from "./items.ts";
import { atMost, sourceItems } from "./items.ts";
import type { JsonAnswer, Lookup, ReadRecord } from "./lookup.ts";
import { addressOf, askJson, isListing, missingPaper, problemItem, refusalItem } from "./lookup.ts";
import type { SourceItem } from "./source.ts";

/** One request to a service that answers in JSON. */
export interface Question {
  readonly path: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** Makes it a POST. */
  readonly body?: string;
  /** What problems call the list: `DOIs`, `“curriculum learning”`. */
  readonly list: string;
  /** The ids that are asked for; absent for a search. */
  readonly ids?: readonly string[];
  /** More papers than this are left out, and told. */
  readonly most: number;
}

/** A record of an answer, and the ids that it answers, as they may be asked for. */
export interface Answered {
  readonly record: ReadRecord;
  readonly ids: readonly string[];
}

/** What tells one service that is asked in JSON from another. */
export interface JsonService {
  readonly name: string;
  /** Default address of the service. */
  readonly origin: string;
  /** What an answer should be, for a problem: `a work or a list of works`. */
  readonly expected: (question: Question) => string;
  /** What is found in the place of a paper that is not there. */
  readonly missing: string;
  /** An id as it is asked for; undefined for other text. */
  readonly asId: (text: string) => string | undefined;
  /** The requests for some ids, each once. */
  readonly byIds: (ids: readonly string[]) => readonly Question[];
  readonly search: (words: string) => Question;
  /** The records of an answer, problems in the place of those that cannot be read; undefined for JSON of another form. */
  readonly read: (value: unknown, question: Question, url: string) => readonly Answered[] | undefined;
  /** What a refusal means: that none of the ids is there, or that they are to be asked for in another way. Default: a problem. */
  readonly refused?: (
    refusal: { readonly status: number; readonly text: string },
    question: Question,
  ) => "missing" | readonly Question[] | undefined;
}

/** Settings of a service. */
interface LookupSettings {
  /** Default the service's own. */
  readonly baseUrl?: string;
}

/** A question for one id that has one answer is answered by it, under whatever id: the service merged the two. */
function withAskedId(answered: readonly Answered[], { ids = [] }: Question): readonly Answered[] {
  const [only, ...others] = answered;
  return only === undefined || others.length > 0 || ids.length !== 1
    ? answered
    : [{ ...only, ids: [...new Set([...only.ids, ...ids])] }];
}

/** Papers of a service that answers in JSON: its questions one after the other, and what became of every id. */
export function createJsonLookup(
  service: JsonService,
  { baseUrl = service.origin }: LookupSettings,
  { fetcher }: SourceParts,
): Lookup {
  const { name } = service;
  const missing = (id: string): SourceItem => missingPaper(name, id, service.missing);

  function* readAnswer(
    { value, url, readAt }: Extract<JsonAnswer, { kind: "json" }>,
    question: Question,
  ): Generator<SourceItem> {
    const read = service.read(value, question, url);
    if (read === undefined) {
      yield problemItem(url, service.expected(question), "JSON of another form");
      return;
    }
    const answered = withAskedId(read, question);
    const items = answered.flatMap(({ record, ids }) =>
      isListing(record) ? [{ listing: record, ...(ids.length === 0 ? {} : { ids }) }] : [],
    );
    const page = atMost({ items, problems: [] }, question.most, url);
    yield* sourceItems(page, { source: name, list: question.list, readAt, file: url });
    for (const { record, ids } of answered)
      if (!isListing(record)) yield { kind: "problem", problem: record, ids };
    const there = new Set(answered.flatMap(({ ids }) => ids));
    for (const id of question.ids ?? []) if (!there.has(id)) yield missing(id);
  }

  async function* ask(question: Question, signal: AbortSignal): AsyncGenerator<SourceItem> {
    const { path, parameters, body } = question;
    const url = addressOf(baseUrl, path, parameters);
    const got = await askJson(fetcher, { url, signal, ...(body === undefined ? {} : { body }) });
    switch (got.kind) {
      case "json":
        yield* readAnswer(got, question);
        return;
      case "none":
        yield got.item;
        return;
      case "refused": {
        const meant = service.refused?.(got, question);
        if (meant === undefined) yield refusalItem(got);
        else if (meant === "missing") yield* (question.ids ?? []).map(missing);
        else for (const next of meant) yield* ask(next, signal);
      }
    }
  }

  return {
    name,
    async *byIds(given, signal) {
      const ids = [...new Set(given.flatMap((id) => service.asId(id) ?? []))];
      for (const question of service.byIds(ids)) yield* ask(question, signal);
    },
    search: (words, signal) => ask(service.search(words), signal),
  };
}
