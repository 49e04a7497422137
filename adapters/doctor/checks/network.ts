import { connect as connectPlainly } from "node:net";
import { connect as connectSafely } from "node:tls";
import type { Place } from "../../../src/schedule/place.ts";
import { placeKey } from "../../../src/schedule/place.ts";
import type { Finding } from "../../../src/health/finding.ts";
import { failure, fine, spanWords, warning } from "../../../src/health/finding.ts";
import type { Inspection } from "../../platform/inspection.ts";
import type { Check, Named, Patient } from "../patient.ts";
import { Unseen } from "../patient.ts";

const reasonOf = (error: unknown): string => {
  let bottom = error;
  while (bottom instanceof Error && bottom.cause instanceof Error) bottom = bottom.cause;
  if (!(bottom instanceof Error)) return String(bottom);
  return bottom.message || ("code" in bottom ? String(bottom.code) : bottom.name);
};

const unreachable = (name: string, error: unknown): Finding =>
  failure(
    `${name} cannot be asked: ${reasonOf(error)}.`,
    "See to the network, a firewall, or a proxy, and look again.",
  );

/** Names as people write them. */
const TITLES: Readonly<Record<string, string>> = { discord: "Discord", slack: "Slack", mail: "Mail" };
const titleOf = ({ name }: Inspection): string => TITLES[name] ?? name;

/** What is found of a platform that was not asked: it cannot be, or its tokens are where nobody can read. */
const unasked = (platform: Inspection, error: unknown): Finding =>
  error instanceof Unseen
    ? warning(
        `${titleOf(platform)}: Its tokens are in the database, which cannot be read.`,
        "See what is said of the database above.",
      )
    : unreachable(titleOf(platform), error);

/** Whether tokens and scopes are as they must be. */
export const platforms: Check = {
  area: "Platforms",
  otherwise: "See to the network, and look again.",
  async look({ platforms: all, app }) {
    if (all.length === 0)
      return [fine("No platform has a token; “paperboy” opens the chat in the terminal.")];
    const found = await Promise.all(
      all.map(async (platform) => {
        try {
          const { found: own } = await app(platform);
          return own.map((one) => ({ ...one, what: `${titleOf(platform)}: ${one.what}` }));
        } catch (error) {
          return [unasked(platform, error)];
        }
      }),
    );
    return found.flat();
  },
};

/** Channels that are asked about at once. */
const WIDTH = 4;

async function channelFindings(platform: Inspection, places: readonly Place[]): Promise<readonly Finding[]> {
  const found: Finding[] = [];
  for (let i = 0; i < places.length; i += WIDTH)
    found.push(...(await Promise.all(places.slice(i, i + WIDTH).map((place) => platform.place(place)))));
  return found.map((one) => ({ ...one, what: `${titleOf(platform)}: ${one.what}` }));
}

/** The platform can be asked, so that its channels are worth asking about. */
const isUsable = (patient: Patient, platform: Inspection): Promise<boolean> =>
  patient.app(platform).then(
    ({ usable }) => usable,
    () => false,
  );

/** Whether the bot may post in every channel that has a digest, a follow or a journal club. */
export const channels: Check = {
  area: "Channels",
  patience: 30_000,
  otherwise: "See what is said of the database and the platforms above.",
  async look(patient) {
    const { watched } = await patient.kept();
    const all = (await Promise.all(watched.map((one) => one.all()))).flat();
    const places = new Map(all.map(({ place }) => [placeKey(place), place]));
    if (places.size === 0) return [fine("No channel has a digest, a follow or a journal club.")];
    const found = await Promise.all(
      patient.platforms.map(async (platform) => {
        const own = [...places.values()].filter((place) => place.platform === platform.name);
        if (own.length === 0) return [];
        if (await isUsable(patient, platform))
          return channelFindings(platform, own).catch((error: unknown) => [unasked(platform, error)]);
        return [
          warning(
            `${titleOf(platform)}: its channels were not looked at.`,
            "Mend first what is said of it above.",
          ),
        ];
      }),
    );
    const served = new Set(patient.platforms.map(({ name }) => name));
    const lost = [...places.values()].filter(({ platform }) => !served.has(platform));
    return [
      ...found.flat(),
      ...(lost.length === 0
        ? []
        : [
            failure(
              `${lost.length === 1 ? "1 channel that something is sent to is" : `${lost.length} channels that something is sent to are`} on platforms that have no token: ${[...new Set(lost.map(({ platform }) => platform))].join(", ")}.`,
              "Set the platform's tokens, or nothing is sent there.",
            ),
          ]),
    ];
  },
};

/** How long a server may take to accept a connection, in milliseconds. */
const CONNECTING = 5000;

/** Opens a connection and ends it; nothing is asked, so that no limit of requests is touched. */
function reach(url: string): Promise<void> {
  const { protocol, hostname, port } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, "");
  return new Promise((resolve, reject) => {
    const socket =
      protocol === "https:"
        ? connectSafely({ host, port: Number(port || 443), servername: host }, done)
        : connectPlainly({ host, port: Number(port || 80) }, done);
    function done(): void {
      socket.destroy();
      resolve();
    }
    socket.setTimeout(CONNECTING, () =>
      socket.destroy(new Error(`no connection within ${CONNECTING / 1000} s`)),
    );
    socket.on("error", reject);
  });
}

async function serverFinding({ name, url }: Named): Promise<Finding> {
  const { host } = new URL(url);
  try {
    await reach(url);
    return fine(`${host} can be reached, for ${name}.`);
  } catch (error) {
    return failure(
      `${host} cannot be reached, for ${name}: ${reasonOf(error)}.`,
      "See to the network, a firewall, or a proxy; the bot tries again every hour.",
    );
  }
}

/** Whether the servers that the settings name can be reached. */
export const servers: Check = {
  area: "Sources",
  otherwise: "See to the network, and look again.",
  look: ({ servers: named }) => Promise.all(named.map(serverFinding)),
};

/** Clocks that are apart by less are called right: answers take their time, and say whole seconds. In milliseconds. */
const APART_MS = 30_000;

/** Whether the clock is right, by those of the platforms. */
export const clock: Check = {
  area: "Clock",
  otherwise: "See to the network, and look again.",
  async look(patient) {
    const { now } = patient;
    const at = `This machine's clock says ${now().toISOString().slice(0, 19).replace("T", " ")} UTC`;
    await Promise.all(patient.platforms.map((platform) => patient.app(platform).catch(() => undefined)));
    const led = patient.platforms.flatMap((platform) => {
      const lead = platform.lead();
      return lead === undefined ? [] : [{ name: titleOf(platform), lead }];
    });
    const [first] = led;
    if (first === undefined) return [fine(`${at}; no platform answered to compare it with.`)];
    const far = led.find(({ lead }) => Math.abs(lead) > APART_MS);
    if (far === undefined)
      return [fine(`${at}, as ${first.name}'s does. Digests go by the time zones that they name.`)];
    return [
      failure(
        `${at}, ${spanWords(far.lead)} ${far.lead > 0 ? "ahead of" : "behind"} ${far.name}'s: digests come at wrong times.`,
        "Set it right, such as with “timedatectl set-ntp true”.",
      ),
    ];
  },
};
