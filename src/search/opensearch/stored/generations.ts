import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { ANSWER_TIME } from "../../resting.ts";
import { UserError } from "../../../user-error.ts";
import type { Engine } from "../client/client.ts";
import { namesOf, paperTemplate, STORED_VERSION, wordTemplate } from "./mapping.ts";

/** The indices that questions and changes go to: by their own names while they are built, by aliases once they are in use. */
export interface Place {
  readonly papers: string;
  readonly words: string;
  /** How the vectors in it were made, and from what the papers came. */
  readonly label: () => Promise<Label | undefined>;
  /** Notes what the papers came from, and puts these indices in the place of those in use before, which are deleted. */
  readonly save: (sources: string) => Promise<void>;
}

/** What an index says of itself. */
interface Label {
  readonly version: number;
  readonly encoder: string;
  /** What its papers were made from, in the words of the library; absent while it is built. */
  readonly sources?: string;
}

/** Indices that nobody took into use are left over from a program that was ended; they are deleted after a day. */
const LEFT_OVER = 86_400_000;

interface Mappings {
  readonly [index: string]: { readonly mappings: { readonly _meta?: Partial<Label> } };
}

/** The generation of an index by its name, `paperboy-papers-m3k2j1-ab12`. */
const generationOf = (index: string, prefix: string): string => index.slice(prefix.length);

const startedAt = (generation: string): number => Number.parseInt(generation.split("-")[0] ?? "", 36);

/** The index behind an alias; undefined where there is none. */
async function behind(engine: Engine, alias: string): Promise<string | undefined> {
  const found = await engine.find<Record<string, unknown>>({ method: "GET", path: `/_alias/${alias}` });
  return Object.keys(found ?? {})[0];
}

async function labelOf(engine: Engine, index: string): Promise<Label | undefined> {
  const found = await engine.find<Mappings>({ method: "GET", path: `/${index}/_mapping` });
  const [only] = Object.values(found ?? {});
  const { version, encoder, sources } = only?.mappings["_meta"] ?? {};
  if (version === undefined || encoder === undefined) return undefined;
  return { version, encoder, ...(sources === undefined ? {} : { sources }) };
}

/** Writes what an index says of itself. */
async function relabel(engine: Engine, index: string, label: Label): Promise<void> {
  await engine.change({ method: "PUT", path: `/${index}/_mapping`, body: { _meta: label } });
}

/** Puts indices into use, in one step, and deletes those of before once no question to them is under way. */
async function putIntoUse(engine: Engine, generation: string): Promise<void> {
  const names = namesOf(engine.settings);
  const before = [await behind(engine, names.papers), await behind(engine, names.words)];
  const [papers, words] = [names.papersOf(generation), names.wordsOf(generation)];
  const old = before.filter(
    (index): index is string => index !== undefined && index !== papers && index !== words,
  );
  await engine.change({
    method: "POST",
    path: "/_aliases",
    body: {
      actions: [
        ...old.map((index) => ({
          remove: { index, alias: index === before[0] ? names.papers : names.words },
        })),
        { add: { index: papers, alias: names.papers } },
        { add: { index: words, alias: names.words } },
      ],
    },
  });
  if (old.length === 0) return;
  await sleep(engine.settings.patience ?? ANSWER_TIME);
  await engine.change({ method: "DELETE", path: `/${old.join()}`, query: { ignore_unavailable: true } });
}

/** Deletes indices that no program took into use and that are old. */
async function deleteLeftOver(engine: Engine): Promise<void> {
  const names = namesOf(engine.settings);
  const aliases = await engine.ask<Record<string, { readonly aliases: object }>>({
    method: "GET",
    path: `/${names.papersOf("*")},${names.wordsOf("*")}/_alias`,
  });
  for (const [index, { aliases: own }] of Object.entries(aliases)) {
    const prefix = index.startsWith(names.papersOf("")) ? names.papersOf("") : names.wordsOf("");
    const old = Date.now() - startedAt(generationOf(index, prefix)) > LEFT_OVER;
    if (old && Object.keys(own).length === 0) await engine.change({ method: "DELETE", path: `/${index}` });
  }
}

/** Makes empty indices beside those in use. */
async function make(engine: Engine, encoder: string): Promise<string> {
  const { settings } = engine;
  const names = namesOf(settings);
  await engine.change({
    method: "PUT",
    path: `/_index_template/${names.paperTemplate}`,
    body: paperTemplate(settings),
  });
  await engine.change({
    method: "PUT",
    path: `/_index_template/${names.wordTemplate}`,
    body: wordTemplate(settings),
  });
  await deleteLeftOver(engine);
  const generation = `${Date.now().toString(36)}-${randomBytes(3).toString("hex")}`;
  await engine.change({
    method: "PUT",
    path: `/${names.papersOf(generation)}`,
    body: { mappings: { _meta: { version: STORED_VERSION, encoder } } },
  });
  await engine.change({ method: "PUT", path: `/${names.wordsOf(generation)}` });
  return generation;
}

/** The indices in use, or why they are of no use; `encoder` names what makes the vectors. */
export async function openPlace(engine: Engine, encoder: string): Promise<Place | string> {
  const names = namesOf(engine.settings);
  const index = await behind(engine, names.papers);
  if (index === undefined || (await behind(engine, names.words)) === undefined) return "OpenSearch has none";
  const label = (): Promise<Label | undefined> => labelOf(engine, names.papers);
  const found = await label();
  if (found?.version !== STORED_VERSION) return "the one in OpenSearch is of another version";
  if (found.encoder !== encoder) return "the one in OpenSearch has vectors of another table";
  return {
    papers: names.papers,
    words: names.words,
    label,
    save: async (sources) => {
      await relabel(engine, names.papers, { version: STORED_VERSION, encoder, sources });
    },
  };
}

/** Empty indices, which take the place of those in use when they are saved. */
export async function makePlace(engine: Engine, encoder: string): Promise<Place> {
  const names = namesOf(engine.settings);
  const generation = await make(engine, encoder);
  let inUse = false;
  const papers = (): string => (inUse ? names.papers : names.papersOf(generation));
  return {
    get papers() {
      return papers();
    },
    get words() {
      return inUse ? names.words : names.wordsOf(generation);
    },
    label: () => labelOf(engine, papers()),
    async save(sources) {
      await relabel(engine, papers(), { version: STORED_VERSION, encoder, sources });
      if (!inUse) await putIntoUse(engine, generation);
      inUse = true;
    },
  };
}

/** Asks the engine for its version; rejects where it does not answer, or is another engine or too old. */
export async function greet(engine: Engine): Promise<string> {
  const { version } = await engine.ask<{
    readonly version?: { readonly number?: string; readonly distribution?: string };
  }>({ method: "GET", path: "/" });
  const { number = "", distribution } = version ?? {};
  if (distribution !== "opensearch" || Number(number.split(".")[0]) < 2)
    throw new UserError(
      `At ${engine.settings.url} answers ${distribution ?? "something"} ${number}`.trim() +
        "; it has to be OpenSearch 2 or later. Correct PAPERBOY_SEARCH_URL.",
    );
  return number;
}

/** The state of the indices in use, in the engine's own words; `none` where there are none. */
export async function healthOf(engine: Engine): Promise<"green" | "yellow" | "red" | "none"> {
  const { papers, words } = namesOf(engine.settings);
  if ((await behind(engine, papers)) === undefined) return "none";
  const { status } = await engine.ask<{ readonly status: "green" | "yellow" | "red" }>({
    method: "GET",
    path: `/_cluster/health/${papers},${words}`,
  });
  return status;
}
