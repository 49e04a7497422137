import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { collect } from "../../../src/portable/exporting.ts";
import { importPlace } from "../../../src/portable/importing.ts";
import type { PortablePlace, Step } from "../../../src/portable/place.ts";
import { placeKey } from "../../../src/schedule/place.ts";
import { countWords } from "../../../src/schedule/words.ts";
import { UserError } from "../../../src/user-error.ts";
import { escapeTerminal } from "../../terminal/escape.ts";
import type { ExitCode, Surroundings } from "../surroundings.ts";
import type { Parts } from "../parts.ts";
import { newReference, now } from "../surroundings.ts";
import { placeName, readPlace } from "./place-name.ts";
import { readSettingsFile, UnreadableSettings } from "./read-settings.ts";
import { writeSettings } from "./write-settings.ts";

/** What `paperboy settings` is asked for. Places are as they were typed. */
export type SettingsOrder =
  | { readonly kind: "export"; readonly place?: string }
  | {
      readonly kind: "import";
      /** `-` for what is piped in. */
      readonly file: string;
      /** Where all goes; each place's own where it is absent. */
      readonly to?: string;
      /** The one place of the file that is meant. */
      readonly from?: string;
      readonly dryRun: boolean;
    };

/** What an order about settings works with. */
export type SettingsParts = Pick<Parts, "store" | "library" | "follows">;

/** Writes the settings of one place, or all, to standard output; what is left out is told beside it. */
async function exportSettings(
  { store }: SettingsParts,
  named: string | undefined,
  around: Surroundings,
): Promise<ExitCode> {
  const only = named === undefined ? undefined : readPlace(named);
  const { places, byMail, ofPeople, damaged } = await collect(await store(), now, only);
  if (named !== undefined && places.length === 0 && damaged.length === 0)
    throw new UserError(
      `${named} has no digest, follow, shared list or journal club. “paperboy settings export” alone shows all places.`,
    );
  around.stdout.write(writeSettings(places));
  const told = [
    ...(byMail === 0
      ? []
      : [`Left out: ${countWords(byMail, "digest")} by e-mail. Addresses are confirmed anew elsewhere.`]),
    ...(ofPeople === 0
      ? []
      : [`Left out: ${countWords(ofPeople, "follow")} of people alone, who make them themselves elsewhere.`]),
    ...damaged.map((words) => `Left out: ${words}`),
  ];
  for (const words of told) around.stderr.write(`${escapeTerminal(words)}\n`);
  return damaged.length === 0 ? 0 : 1;
}

async function readInput(file: string, { stdin }: Surroundings): Promise<string> {
  if (file === "-") return text(stdin);
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    throw new UserError(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

/** The settings of the file that are meant, and where each goes. */
function chooseTargets(
  places: readonly PortablePlace[],
  { file, to, from }: Extract<SettingsOrder, { kind: "import" }>,
): readonly PortablePlace[] {
  const origin = from === undefined ? undefined : placeKey(readPlace(from));
  const chosen = origin === undefined ? places : places.filter(({ place }) => placeKey(place) === origin);
  const names = places.map(({ place }) => placeName(place)).join(", ");
  if (chosen.length === 0)
    throw new UserError(`${file} has nothing of ${from ?? "any place"}. It has: ${names || "nothing"}.`);
  if (to === undefined) return chosen;
  if (chosen.length > 1)
    throw new UserError(
      `${file} has ${chosen.length} places, and one can go to ${to}. Say which, such as: --from ${placeName(chosen[0]?.place ?? readPlace(to))}. It has: ${names}.`,
    );
  return chosen.map((one) => ({ ...one, place: readPlace(to) }));
}

/** What an import into one place came to. */
interface Outcome {
  readonly refused: boolean;
  readonly changed: boolean;
}

function tell(
  { place }: PortablePlace,
  steps: readonly Step[],
  dryRun: boolean,
  { stdout }: Surroundings,
): Outcome {
  const refused = steps.some(({ kind }) => kind === "refused");
  const changed = !refused && steps.some(({ kind }) => kind === "new" || kind === "changed");
  const end = refused ? [dryRun ? "Nothing would be changed here." : "Nothing was changed here."] : [];
  const lines = [placeName(place), ...steps.map(({ kind, what }) => `- ${kind} ${what}`), ...end];
  for (const line of lines) stdout.write(`${escapeTerminal(line)}\n`);
  return { refused, changed };
}

async function importSettings(
  parts: SettingsParts,
  order: Extract<SettingsOrder, { kind: "import" }>,
  around: Surroundings,
): Promise<ExitCode> {
  const places = readSettingsFile(order.file, await readInput(order.file, around), now());
  const targets = chooseTargets(places, order);
  // To note what has come writes, which a dry run does not.
  const isNeeded = !order.dryRun && targets.some((one) => one.follows.length > 0);
  const follows = isNeeded ? await parts.follows() : undefined;
  const importing = {
    store: await parts.store(),
    index: parts.library.index,
    now,
    newId: newReference,
    latestArrival: (await follows?.latestArrival()) ?? 0,
  };
  const outcomes: Outcome[] = [];
  for (const target of targets)
    outcomes.push(tell(target, await importPlace(importing, target, order.dryRun), order.dryRun, around));
  if (order.dryRun)
    around.stdout.write("Nothing was changed: this is what an import without --dry-run would do.\n");
  else if (outcomes.some(({ changed }) => changed))
    around.stdout.write(
      "Whether Paperboy may post there shows with the first message: an import asks no platform.\n",
    );
  return outcomes.some(({ refused }) => refused) ? 1 : 0;
}

/** Carries out `paperboy settings`. */
export async function runSettings(
  parts: SettingsParts,
  order: SettingsOrder,
  around: Surroundings,
): Promise<ExitCode> {
  if (order.kind === "export") return exportSettings(parts, order.place, around);
  try {
    return await importSettings(parts, order, around);
  } catch (error) {
    if (!(error instanceof UnreadableSettings)) throw error;
    for (const problem of error.problems) around.stderr.write(`${escapeTerminal(problem)}\n`);
    around.stderr.write("Nothing was changed.\n");
    return 2;
  }
}
