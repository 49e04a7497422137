import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import type { Digests } from "../../../src/digest/digests.ts";
import { factWords } from "../../../src/digest/changes.ts";
import type { Change } from "../../../src/digest/portable/decide-import.ts";
import type { Subscription } from "../../../src/digest/subscription.ts";
import { placeKey } from "../../../src/schedule/place.ts";
import { countWords } from "../../../src/schedule/words.ts";
import { damagedWords } from "../../../src/digest/words.ts";
import { MAIL } from "../../../src/mailing/mailbox.ts";
import { OPERATOR } from "../../../src/store/kept/audit.ts";
import { UserError } from "../../../src/user-error.ts";
import { escapeTerminal } from "../../terminal/escape.ts";
import type { ExitCode, Surroundings } from "../surroundings.ts";
import { now } from "../surroundings.ts";
import { placeName, readPlace } from "./place-name.ts";
import type { PortablePlace } from "./read-settings.ts";
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

/** Writes the settings of one place, or all, to standard output; what cannot be read is told beside it. */
async function exportSettings(
  digests: Digests,
  named: string | undefined,
  around: Surroundings,
): Promise<ExitCode> {
  const one = named === undefined ? undefined : readPlace(named);
  const found = one === undefined ? await digests.all() : await digests.inPlace(one);
  // Whose address it is is nobody else's business, and elsewhere it has to be confirmed anew.
  const all = found.filter(({ place }) => place.platform !== MAIL);
  const damaged = await digests.damaged(one);
  const byPlace = new Map<string, Subscription[]>();
  for (const subscription of all)
    byPlace.set(placeKey(subscription.place), [
      ...(byPlace.get(placeKey(subscription.place)) ?? []),
      subscription,
    ]);
  const places = await Promise.all(
    Array.from(byPlace.values(), async (subscriptions) => {
      const place = subscriptions[0]?.place ?? { platform: "", channel: "" };
      const zone = await digests.zoneOf(place);
      return { place, ...(zone === undefined ? {} : { zone }), subscriptions };
    }),
  );
  if (named !== undefined && places.length === 0 && damaged.length === 0)
    throw new UserError(`${named} has no digest. “paperboy settings export” alone shows all places.`);
  around.stdout.write(writeSettings(places));
  if (found.length > all.length)
    around.stderr.write(
      `Left out: ${countWords(found.length - all.length, "digest")} by e-mail. Addresses are confirmed anew elsewhere.\n`,
    );
  for (const left of damaged) around.stderr.write(`${escapeTerminal(`Left out: ${damagedWords(left)}`)}\n`);
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

function changeLine(change: Change): string {
  switch (change.kind) {
    case "new":
      return `new ${change.id}: ${factWords(change.wanted.plan)}${change.wanted.paused ? "; paused" : ""}`;
    case "changed":
      return `changed ${change.before.id}: ${change.changes.join("; ")}`;
    case "same":
      return `same ${change.id}`;
    case "left-out":
      return `left out ${change.wanted.at}: ${change.why}`;
  }
}

/** What is done about the zone of the place's server, in words; undefined where there is nothing to say. */
async function zoneLine(
  digests: Digests,
  { place, zone }: PortablePlace,
  dryRun: boolean,
): Promise<string | undefined> {
  if (zone === undefined) return undefined;
  const known = await digests.zoneOf(place);
  if (known === zone) return `same zone ${zone}`;
  if (known !== undefined)
    return `left out zone ${zone}: this server has ${known}, which stays for new digests; those of the file name their own`;
  if (!dryRun) await digests.setZone(place, zone, OPERATOR);
  return `new zone ${zone}`;
}

/** Brings the settings of one place there; resolves with what was changed, in lines. */
async function importPlace(
  digests: Digests,
  one: PortablePlace,
  dryRun: boolean,
): Promise<readonly string[]> {
  const { place, digests: wanted } = one;
  const present = await digests.inPlace(place);
  const changes = await digests.decideImport(place, wanted);
  const zone = await zoneLine(digests, one, dryRun);
  if (!dryRun) await digests.carryOut(place, changes);
  const named = new Set(
    changes.flatMap((change) =>
      change.kind === "changed" ? change.before.id : change.kind === "same" ? change.id : [],
    ),
  );
  const kept = present
    .filter(({ id }) => !named.has(id))
    .map(({ id }) => `kept ${id}, which the file does not have`);
  return [...(zone === undefined ? [] : [zone]), ...changes.map(changeLine), ...kept];
}

async function importSettings(
  digests: Digests,
  order: Extract<SettingsOrder, { kind: "import" }>,
  around: Surroundings,
): Promise<ExitCode> {
  const places = readSettingsFile(order.file, await readInput(order.file, around), now());
  const targets = chooseTargets(places, order);
  let isLeft = false;
  let isNew = false;
  for (const target of targets) {
    const lines = await importPlace(digests, target, order.dryRun);
    isNew ||= lines.some((line) => line.startsWith("new "));
    isLeft ||= lines.some((line) => line.startsWith("left out line"));
    for (const line of [placeName(target.place), ...lines.map((one) => `- ${one}`)])
      around.stdout.write(`${escapeTerminal(line)}\n`);
  }
  if (order.dryRun)
    around.stdout.write("Nothing was changed: this is what an import without --dry-run would do.\n");
  else if (isNew)
    around.stdout.write(
      "Whether Paperboy may post there shows with the first digest: an import asks no platform.\n",
    );
  return isLeft ? 1 : 0;
}

/** Carries out `paperboy settings`. */
export async function runSettings(
  digests: Digests,
  order: SettingsOrder,
  around: Surroundings,
): Promise<ExitCode> {
  if (order.kind === "export") return exportSettings(digests, order.place, around);
  try {
    return await importSettings(digests, order, around);
  } catch (error) {
    if (!(error instanceof UnreadableSettings)) throw error;
    for (const problem of error.problems) around.stderr.write(`${escapeTerminal(problem)}\n`);
    around.stderr.write("Nothing was changed.\n");
    return 2;
  }
}
