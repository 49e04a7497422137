import { damagedFindings, scheduledFindings, waitingFindings } from "../../../src/health/scheduled.ts";
import { failure, fine, warning } from "../../../src/health/finding.ts";
import { papersFinding, sourceFinding } from "../../../src/health/papers.ts";
import type { Check } from "../patient.ts";

const BACKUP = "End the bot, put a backup in its place, and start it again.";

/** Whether the database is sound. */
export const database: Check = {
  area: "State",
  otherwise: BACKUP,
  async look({ database: file, examined }) {
    const found = await examined();
    switch (found.kind) {
      case "missing":
        return [fine(`${file} is not there yet; it is made when something is kept.`)];
      case "sound":
        return [
          found.changes < found.known
            ? fine(
                `${file} is sound; the next start brings it from version ${found.changes} to ${found.known}.`,
              )
            : fine(`${file} is sound, and of version ${found.changes}.`),
        ];
      case "newer":
        return [
          failure(
            `${file} was written by a newer Paperboy (${found.change}).`,
            "Install that version again, or set PAPERBOY_STATE to another folder.",
          ),
        ];
      case "damaged":
        return [failure(`${file} is damaged: ${found.found}.`, BACKUP)];
      case "locked":
        return [
          warning(
            `${file} is locked by another program.`,
            "Look again in a minute; end the program that holds it if that lasts.",
          ),
        ];
      case "unreachable":
        return [
          failure(
            `${file} cannot be reached: ${found.found}.`,
            "See that the server runs and that PAPERBOY_DATABASE_URL names it, its user and its password. Searches go on; nothing is kept and no digest sent until then.",
          ),
        ];
      case "unreadable":
        return [
          failure(
            `${file} cannot be read: ${found.found}`,
            "Let the user who runs Paperboy read and write it and its folder.",
          ),
        ];
    }
  },
};

/** Clocks that are further apart make leases end early or late for others, in milliseconds. */
const CLOCKS_APART = 5000;

/** What machines that share a database have to have alike. */
export const sharing: Check = {
  area: "State",
  otherwise: "See what is said of the database above.",
  async look({ shared }) {
    if (shared === undefined) return [];
    const ahead = await shared.clockAhead();
    const seconds = Math.round(Math.abs(ahead) / 1000);
    return [
      ...(Math.abs(ahead) < CLOCKS_APART
        ? [fine("The clock of this machine is that of the database, within seconds.")]
        : [
            warning(
              `The clock of this machine is ${seconds} s ${ahead > 0 ? "ahead of" : "behind"} the database's.`,
              "Have both set by the network (NTP): digests are sent when the clock of a machine says so.",
            ),
          ]),
      ...shared.openlyTo.map((host) =>
        warning(
          `What is kept goes to ${host} without encryption, since PAPERBOY_DATABASE_URL says no sslmode.`,
          "Add ?sslmode=verify-full to it, with sslrootcert=FILE where the server's certificate is of an authority of your own.",
        ),
      ),
      ...(shared.hasPassphrase
        ? []
        : [
            warning(
              "PAPERBOY_SECRET is not set, so that the tokens of Slack's workspaces are sealed with a key of this machine alone.",
              "Set the same PAPERBOY_SECRET on every machine, and run “paperboy rekey” on this one.",
            ),
          ]),
    ];
  },
};

/** Some 100,000 papers are read in seconds; made anew, their index takes about a minute. In milliseconds. */
const OPENING = 90_000;

const LINES =
  "It is passed over. Take in again what it came from, and delete it with an editor while no program runs; or put a backup in the file's place.";

/** Whether the search engine of its own answers, and has what it was given. */
export const engine: Check = {
  area: "Papers",
  otherwise:
    "See that OpenSearch runs and that PAPERBOY_SEARCH_URL names it, its user and its password. People are told that search is resting until then.",
  async look({ engine: found }) {
    if (found === undefined) return [];
    const { url, version, health, counts } = await found();
    const answers = `OpenSearch ${version} answers at ${url}`;
    switch (health) {
      case "none":
        return [fine(`${answers}; it has no papers yet, and the next start gives it some.`)];
      case "green":
        return [fine(`${answers}; all copies of ${counts?.papers ?? 0} papers are there (green).`)];
      case "yellow":
        return [
          warning(
            `${answers}; all ${counts?.papers ?? 0} papers are there, but not all their copies (yellow).`,
            "Start the nodes that are missing, or set PAPERBOY_SEARCH_REPLICAS to fewer copies than there are nodes, and run “paperboy migrate --to-opensearch”.",
          ),
        ];
      case "red":
        return [
          failure(
            `${answers}, but some of the papers are on nodes that are not there (red).`,
            "Start the nodes that are missing; if they do not come back, run “paperboy migrate --to-opensearch”.",
          ),
        ];
    }
  },
};

/** Whether the papers and their index can be used. */
export const papers: Check = {
  area: "Papers",
  patience: OPENING,
  otherwise: "Set PAPERBOY_PAGES and PAPERBOY_STATE to folders that can be read.",
  async look(patient) {
    const { facts, lines, warnings, made } = await patient.papers();
    return [
      papersFinding(await facts()),
      ...made.map((words) => fine(`${words}.`)),
      ...lines.map((words) => warning(words, LINES)),
      ...warnings.map((words) =>
        warning(words, "The next start makes the index again; see that the state folder can be written."),
      ),
    ];
  },
};

/** How the reading of the sources goes. */
export const sources: Check = {
  area: "Sources",
  otherwise: "See what is said of the database above.",
  async look({ kept, now }) {
    const { sources: records } = await kept();
    const all = await records();
    if (all.length === 0)
      return [fine("PAPERBOY_SOURCES names none, so that no new papers come by themselves.")];
    return all.map((record) => sourceFinding(record, now()));
  },
};

/** How one kind of thing that is sent on a schedule goes. */
const scheduledCheck = (area: string, noun: string): Check => ({
  area,
  otherwise: "See what is said of the database above.",
  async look({ kept, now }) {
    const watched = (await kept()).watched.filter((one) => one.noun === noun);
    const found = await Promise.all(
      watched.map(async (one) => [
        ...(await scheduledFindings(one, () => true, now())),
        ...(await damagedFindings(one)),
      ]),
    );
    return found.flat().length === 0 ? [fine(`No channel has a ${noun}.`)] : found.flat();
  },
});

export const digests = scheduledCheck("Digests", "digest");
export const follows = scheduledCheck("Follows", "follow");
export const clubs = scheduledCheck("Journal clubs", "journal club");

/** What waits to be sent beside what is due at a time. */
export const waiting: Check = {
  area: "Waiting",
  otherwise: "See what is said of the database above.",
  async look({ kept }) {
    const found = waitingFindings(await (await kept()).waiting());
    return found.length === 0
      ? [fine("No papers wait for a follow, and no letter for the mail server.")]
      : found;
  },
};
