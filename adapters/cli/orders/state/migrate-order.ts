import path from "node:path";
import { operatorsDeed } from "../../../../src/store/kept/audit.ts";
import type { Moved } from "../../../../src/store/moving/move.ts";
import type { Side } from "../../../../src/store/moving/side.ts";
import type { PostgresAddress } from "../../../../src/store/postgres/address.ts";
import type { Store } from "../../../../src/store/store.ts";
import { UserError } from "../../../../src/user-error.ts";
import { escapeTerminal } from "../../../terminal/escape.ts";
import { refuseRunning } from "../../backup/presence.ts";
import { parseFlags } from "../../flags.ts";
import { DATABASE_FILE } from "../../state/database-file.ts";
import { openToChange, requireDatabase } from "../../state/open-store.ts";
import type { ExitCode } from "../../surroundings.ts";
import type { AtHand, ProgramOrder } from "../order.ts";

const USAGE = [
  "Move all that Paperboy keeps to the PostgreSQL database that PAPERBOY_DATABASE_URL names, or from there back into the",
  "state folder. End every bot first. Or make the index of the papers in the OpenSearch that PAPERBOY_SEARCH_URL names, while",
  "bots go on.",
  "",
  "  paperboy migrate --to-postgres   from the state folder into the database",
  "  paperboy migrate --to-embedded   from the database into the state folder",
  "  paperboy migrate --to-opensearch   the index of the papers, beside the one in use there",
  "",
  "  --replace  remove what is there already",
  "",
  "What is moved stays where it was. Each table is checked by how many rows it has and a sum over them. A move that was",
  "interrupted goes on when it is asked for again. docs/scaling.md says more.",
].join("\n");

const WANTED =
  "Say paperboy migrate --to-postgres, paperboy migrate --to-embedded or paperboy migrate --to-opensearch.";

/** Where to, and whether what is there is removed. */
interface Asked {
  readonly to: "postgres" | "embedded";
  readonly replace: boolean;
}

function requireAddress({ settings }: AtHand): PostgresAddress {
  if (settings.database !== undefined) return settings.database;
  throw new UserError(
    "PAPERBOY_DATABASE_URL is not set: set it to the PostgreSQL database that is meant, such as postgres://paperboy:PASSWORD@db.example.org/paperboy.",
  );
}

/** Throws a UserError where a state folder has neither a database nor papers. */
async function requireSomething({ settings: { library } }: AtHand): Promise<void> {
  const { storedExtent } = await import("../../../../src/library/record/stored-file.ts");
  if ((await storedExtent(library.state)).bytes > 0) return;
  await requireDatabase({ library, keys: {} }, "nothing to move");
}

/** Brings the tables of both up to date, and gives them as sides. */
async function openSides({ settings }: AtHand, database: PostgresAddress) {
  const { library, keys } = settings;
  const where = { library, keys: { ...keys, seal: false } };
  for (const one of [where, { ...where, database }]) await (await openToChange(one)).close();
  const { openSqliteSide } = await import("../../../../src/store/moving/sqlite-side.ts");
  const { openPostgresSide } = await import("../../../../src/store/moving/postgres-side.ts");
  return {
    embedded: openSqliteSide(path.join(library.state, DATABASE_FILE)),
    postgres: openPostgresSide(database),
  };
}

async function refuseUsed({ settings }: AtHand, database: PostgresAddress): Promise<void> {
  await refuseRunning(settings.library.state, "move it");
  const { othersOn } = await import("../../../../src/store/moving/postgres-side.ts");
  const others = await othersOn(database);
  if (others > 0)
    throw new UserError(
      `Paperboy uses the database ${database.shown} (${others} ${others === 1 ? "connection" : "connections"}), so nothing was changed. End every bot that has it open, and move then.`,
    );
}

/** Moves the papers; what they are called in words. */
async function movePapers(
  { settings }: AtHand,
  database: PostgresAddress,
  { to, replace }: Asked,
): Promise<string> {
  const { state } = settings.library;
  const { openPostgresRecord } = await import("../../../../src/store/postgres/record.ts");
  const { giveStored, keepStored } = await import("../../../../src/library/record/moving.ts");
  const record = openPostgresRecord(database);
  try {
    const bytes = await (to === "postgres"
      ? giveStored(state, record, replace)
      : keepStored(state, record, replace));
    return bytes === 0 ? "no papers were taken in" : `the papers, ${bytes} bytes`;
  } finally {
    await record.close();
  }
}

async function note(hand: AtHand, { to }: Asked, from: Side): Promise<void> {
  const { library, keys, database } = hand.settings;
  const target = { library, keys: { ...keys, seal: false } };
  const store: Store = await openToChange(
    to === "postgres" && database !== undefined ? { ...target, database } : target,
  );
  try {
    await store.audit.note(operatorsDeed({ action: "migrate", detail: `from ${from.name}` }));
  } finally {
    await store.close();
  }
}

async function migrate(asked: Asked, hand: AtHand): Promise<ExitCode> {
  const { around } = hand;
  const database = requireAddress(hand);
  if (asked.to === "postgres") await requireSomething(hand);
  await refuseUsed(hand, database);
  const sides = await openSides(hand, database);
  const [from, to] =
    asked.to === "postgres" ? [sides.embedded, sides.postgres] : [sides.postgres, sides.embedded];
  const say = (words: string): void => void around.stdout.write(`${escapeTerminal(words)}\n`);
  const told = ({ table, rows, wasThere }: Moved): void => {
    if (rows > 0) say(`${table}: ${rows} ${rows === 1 ? "row" : "rows"}${wasThere ? ", there already" : ""}`);
  };
  try {
    const { moveAll } = await import("../../../../src/store/moving/move.ts");
    let papers = "";
    const also = async (): Promise<void> => void (papers = await movePapers(hand, database, asked));
    const all = await moveAll(from, to, { replace: asked.replace, told, also });
    await note(hand, asked, from);
    const rows = all.reduce((sum, moved) => sum + moved.rows, 0);
    say(
      `Moved ${rows} rows of ${all.length} tables and ${papers} from ${from.name} to ${to.name}; counts and sums are the same. ${
        asked.to === "postgres"
          ? "What was in the state folder is there still, and is not used while PAPERBOY_DATABASE_URL is set."
          : "Leave PAPERBOY_DATABASE_URL out from now on. What is in the database is there still."
      }`,
    );
    return 0;
  } finally {
    await from.close();
    await to.close();
  }
}

/** Loaded when it is asked for, since it opens the papers. */
const toSearch = async (hand: AtHand): Promise<ExitCode> =>
  (await import("./search-move.ts")).moveToOpenSearch(hand);

/** `paperboy migrate --to-postgres`, `paperboy migrate --to-embedded`. */
export const migrateOrder: ProgramOrder = {
  name: "migrate",
  summary: [
    ["migrate --to-postgres", "move all that is kept to a PostgreSQL database; --to-embedded moves it back"],
    ["migrate --to-opensearch", "make the index of the papers anew in OpenSearch"],
  ],
  usage: USAGE,
  parse: (words) => {
    const { values, positionals } = parseFlags(words, undefined, {
      "to-postgres": { type: "boolean" },
      "to-embedded": { type: "boolean" },
      "to-opensearch": { type: "boolean" },
      replace: { type: "boolean" },
    });
    const [toPostgres, toEmbedded] = [values["to-postgres"] === true, values["to-embedded"] === true];
    const toOpenSearch = values["to-opensearch"] === true;
    const named = [toPostgres, toEmbedded, toOpenSearch].filter(Boolean).length;
    if (positionals.length > 0 || named !== 1) throw new UserError(WANTED);
    if (toOpenSearch) return { needs: "settings", state: "changes", run: toSearch };
    const asked: Asked = {
      to: toPostgres ? "postgres" : "embedded",
      replace: values["replace"] === true,
    };
    return { needs: "settings", state: "replaces", run: (hand) => migrate(asked, hand) };
  },
};
