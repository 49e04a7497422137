import type { PaperId } from "../corpus/paper.ts";
import { MOST_LISTS, MOST_SAVED } from "../reading/lists.ts";
import { personKey } from "../reading/reader.ts";
import type { Place } from "../schedule/place.ts";
import { deedIn, placeKey } from "../schedule/place.ts";
import { countWords } from "../schedule/words.ts";
import { OPERATOR } from "../store/kept/audit.ts";
import type { ListRecord } from "../store/kept/reading.ts";
import type { Importing } from "./importing.ts";
import type { PortableList, PortablePaper, PortablePlace, Step } from "./place.ts";

/** Who saved what an import brings: nobody of the platform. */
const saverIn = ({ platform, server }: Place): string =>
  personKey({ platform, ...(server === undefined ? {} : { workspace: server }), user: OPERATOR });

interface Known {
  readonly id: string;
  readonly title: string;
}

/** The papers by the ids that they have here; sentences about those that cannot be told. */
async function settle({ index }: Importing, papers: readonly PortablePaper[]): Promise<(Known | string)[]> {
  return Promise.all(
    papers.map(async ({ id, title, at }) => {
      const here = await index.get(id as PaperId);
      if (here !== undefined) return { id: here.id, title: here.title };
      if (title !== undefined) return { id, title };
      return `${at}: no paper here has the id “${id}”; give its title, too: title: …`;
    }),
  );
}

/** Papers of the file that a list lacks are put into it; what is there stays. */
async function fill(
  parts: Importing,
  place: Place,
  list: ListRecord,
  wanted: readonly Known[],
): Promise<number | string> {
  const { store, now } = parts;
  const there = new Set<string>(
    (await store.saved.inList(list.id)).flatMap(({ paper, savedAt }) =>
      savedAt === undefined ? [] : [paper],
    ),
  );
  const missing = [...new Map(wanted.map((one) => [one.id, one])).values()].filter(
    ({ id }) => !there.has(id),
  );
  if (there.size + missing.length > MOST_SAVED)
    return `“${list.name}” would have ${there.size + missing.length} papers; a list holds ${MOST_SAVED}`;
  const person = saverIn(place);
  const at = now().getTime();
  await store.saved.put(
    // In the order of the file.
    missing.map(({ id, title }, i) => ({
      list: list.id,
      paper: id,
      person,
      title,
      savedAt: new Date(at + i),
    })),
  );
  return missing.length;
}

async function importList(
  parts: Importing,
  place: Place,
  wanted: PortableList,
  there: readonly ListRecord[],
): Promise<Step[]> {
  const { store, now, newId } = parts;
  const settled = await settle(parts, wanted.papers);
  const unknown = settled.filter((one) => typeof one === "string");
  if (unknown.length > 0) return unknown.map((what): Step => ({ kind: "refused", what }));
  const papers = settled.filter((one) => typeof one !== "string");
  const deed = (detail: string) =>
    deedIn(place, { by: OPERATOR, action: "settings import", subject: `“${wanted.name}”`, detail });
  const before = there.find(({ key }) => key === wanted.key);
  const list = before ?? {
    id: newId(),
    owner: placeKey(place),
    name: wanted.name,
    key: wanted.key,
    createdBy: saverIn(place),
    createdAt: now(),
  };
  const name = `list “${list.name}”`;
  if (before === undefined && !(await store.lists.create(list)))
    return [
      { kind: "refused", what: `${wanted.at}: ${name} was made by somebody else just now; import again` },
    ];
  const added = await fill(parts, place, list, papers);
  if (typeof added === "string") return [{ kind: "refused", what: `${wanted.at}: ${added}` }];
  const words = countWords(added, "paper");
  if (before === undefined || added > 0) await store.audit.note(deed(`${words} added`));
  if (before === undefined) return [{ kind: "new", what: `${name}: ${words}` }];
  return [added === 0 ? { kind: "same", what: name } : { kind: "changed", what: `${name}: ${words} added` }];
}

/** Makes the lists of a place, and puts papers into those that are there. */
export async function importLists(parts: Importing, { place, lists }: PortablePlace): Promise<Step[]> {
  const there = await parts.store.lists.ownedBy([placeKey(place)]);
  const steps: Step[] = [];
  const keys = new Set<string>();
  for (const one of lists) {
    if (keys.has(one.key))
      steps.push({ kind: "refused", what: `${one.at}: the list “${one.name}” stands in the file twice` });
    else steps.push(...(await importList(parts, place, one, there)));
    keys.add(one.key);
  }
  const kept = there.filter(({ key }) => !keys.has(key));
  if (kept.length + keys.size > MOST_LISTS)
    steps.push({
      kind: "refused",
      what: `the channel would have ${kept.length + keys.size} lists; it may have ${MOST_LISTS}`,
    });
  return [
    ...steps,
    ...kept.map(({ name }): Step => ({ kind: "kept", what: `list “${name}”, which the file does not have` })),
  ];
}
