import path from "node:path";
import { LOG_LEVELS } from "../../../src/log.ts";
import type { LogSettings } from "../log/log.ts";
import { LOG_FORMATS } from "../log/log.ts";
import { readDiscord, readSlack } from "./chats.ts";
import { readSearch } from "./search-settings.ts";
import { readSources } from "./source-settings.ts";
import { readPort, readUrl, readWord, setting } from "./values.ts";
import { SETTING_NAMES } from "./setting-names.ts";
import { withoutAbsent } from "../../../src/corpus/merging/fields.ts";
import { UserError } from "../../../src/user-error.ts";
import { projectRoot } from "../../../src/project-root.ts";
import type { DiscordSettings } from "../../discord/discord.ts";
import type { Listening } from "../../http/server.ts";
import type { MailSettings } from "../../mail/settings.ts";
import { readMail } from "../../mail/settings.ts";
import type { WebSettings } from "../../web/settings.ts";
import type { ApiSettings } from "../../api/settings.ts";
import { readApi } from "../../api/settings.ts";
import type { SlackSettings } from "../../slack/settings.ts";
import type { BackupSettings } from "../backup/backup-settings.ts";
import { readBackups } from "../backup/backup-settings.ts";
import { userDataFolder } from "../state/state-folder.ts";
import type { SourceSettings } from "../sources/sources.ts";
import { HUB_URL } from "../../../src/library/encoder/hub.ts";
import { findEncoder } from "../encoder/encoder-place.ts";
import { checkPassphrase } from "../../../src/store/secrets/key-ring.ts";
import type { PostgresAddress } from "../../../src/store/postgres/address.ts";
import { parsePostgresAddress } from "../../../src/store/postgres/address.ts";
import type { StoreKeys } from "../../../src/store/sqlite.ts";
import type { LibrarySettings } from "../../../src/library/library.ts";

/** What the environment says. */
export interface Settings {
  readonly library: LibrarySettings;
  /** Where earlier versions kept the state; absent where PAPERBOY_STATE names a folder. */
  readonly oldState?: string;
  /** Platforms without a token are absent. */
  readonly discord?: DiscordSettings;
  readonly slack?: SlackSettings;
  /** Digests by e-mail; absent where no mail server is set. */
  readonly mail?: MailSettings;
  /** The web pages; absent where no port is set. */
  readonly web?: WebSettings;
  /** The API beside the web pages. */
  readonly api: ApiSettings;
  /** Where health and figures are served; absent where no port is set. */
  readonly admin?: Listening;
  readonly sources: SourceSettings;
  /** The database on a server; absent where it lies in the state folder. */
  readonly database?: PostgresAddress;
  /** The passphrases that the tokens of workspaces are sealed with; without one a key file is used. */
  readonly keys: StoreKeys;
  /** Where encoders are fetched from. */
  readonly hubUrl: string;
  readonly log: LogSettings;
  /** The backups that are made by themselves; absent where none are. */
  readonly backups?: BackupSettings;
}

function readWeb(env: NodeJS.ProcessEnv): WebSettings | undefined {
  const port = setting(env, "PAPERBOY_WEB_PORT");
  const url = readUrl(env, "PAPERBOY_WEB_URL");
  if (port === undefined) return undefined;
  return {
    host: setting(env, "PAPERBOY_WEB_HOST") ?? "127.0.0.1",
    port: readPort("PAPERBOY_WEB_PORT", port),
    ...(url === undefined ? {} : { url }),
  };
}

const readMailIn = (env: NodeJS.ProcessEnv): MailSettings | undefined =>
  readMail({
    smtpUrl: setting(env, "PAPERBOY_SMTP_URL"),
    from: setting(env, "PAPERBOY_MAIL_FROM"),
    webPort: setting(env, "PAPERBOY_WEB_PORT"),
    webUrl: readUrl(env, "PAPERBOY_WEB_URL"),
  });

function readDatabase(env: NodeJS.ProcessEnv): { readonly database?: PostgresAddress } {
  const url = setting(env, "PAPERBOY_DATABASE_URL");
  return url === undefined ? {} : { database: parsePostgresAddress(url) };
}

function readKeys(env: NodeJS.ProcessEnv): StoreKeys {
  const [passphrase, passphraseBefore] = ["PAPERBOY_SECRET", "PAPERBOY_SECRET_BEFORE"].map((name) => {
    const words = setting(env, name);
    return words === undefined ? undefined : checkPassphrase(name, words);
  });
  return withoutAbsent<StoreKeys>({ passphrase, passphraseBefore });
}

function readAdmin(env: NodeJS.ProcessEnv): Listening | undefined {
  const port = setting(env, "PAPERBOY_ADMIN_PORT");
  if (port === undefined) return undefined;
  const host = setting(env, "PAPERBOY_ADMIN_HOST") ?? "127.0.0.1";
  return { host, port: readPort("PAPERBOY_ADMIN_PORT", port) };
}

/** Settings that are secret. */
const SECRETS = SETTING_NAMES.filter((name) =>
  /_(?:TOKEN|SECRET|SECRET_BEFORE|KEY|SMTP_URL|DATABASE_URL|SEARCH_URL|SEARCH_PASSWORD)$/.test(name),
);

/** The passwords of the database and of the search engine, by themselves and as they are written in addresses. */
function passwordsIn(env: NodeJS.ProcessEnv): readonly string[] {
  const passwords = [readDatabase(env).database?.password, readSearch(env)?.password];
  return passwords.flatMap((password) =>
    password === undefined ? [] : [password, encodeURIComponent(password)],
  );
}

function readLog(env: NodeJS.ProcessEnv): LogSettings {
  return {
    level: readWord(env, "PAPERBOY_LOG_LEVEL", [LOG_LEVELS, "info"]),
    format: readWord(env, "PAPERBOY_LOG_FORMAT", [LOG_FORMATS, "auto"]),
    secrets: [...SECRETS.flatMap((name) => setting(env, name) ?? []), ...passwordsIn(env)],
  };
}

/**
 * Reads the settings from environment variables; those that are empty count as not set. Relative folders lie in the
 * program's, so that a setting means the same wherever the program is started.
 */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const root = projectRoot();
  const folder = (name: string, fallback: string): string =>
    path.resolve(root, setting(env, name) ?? fallback);
  const discord = readDiscord(env);
  const slack = readSlack(env);
  const web = readWeb(env);
  const mail = readMailIn(env);
  const admin = readAdmin(env);
  const named = setting(env, "PAPERBOY_STATE");
  const state = named === undefined ? userDataFolder() : path.resolve(root, named);
  const encoder = findEncoder(setting(env, "PAPERBOY_ENCODER"), state);
  const [every, keep, kept] = ["PAPERBOY_BACKUP_EVERY", "PAPERBOY_BACKUP_KEEP", "PAPERBOY_BACKUP_FOLDER"].map(
    (name) => setting(env, name),
  );
  const search = readSearch(env);
  const backups = readBackups({ every, keep, folder: kept }, { root, state });
  const { database } = readDatabase(env);
  if (backups !== undefined && database !== undefined)
    throw new UserError(
      "PAPERBOY_BACKUP_EVERY and PAPERBOY_DATABASE_URL are both set, but what is on a server is backed up by PostgreSQL's own programs (docs/scaling.md). Leave the first out.",
    );
  return {
    library: {
      pages: folder("PAPERBOY_PAGES", "data/pages"),
      state,
      meaning: path.join(root, "data/meaning"),
      ...(encoder === undefined ? {} : { encoder }),
      ...(search === undefined ? {} : { search }),
    },
    ...(named === undefined ? { oldState: path.join(root, "data/local") } : {}),
    ...(discord === undefined ? {} : { discord }),
    ...(slack === undefined ? {} : { slack }),
    ...(web === undefined ? {} : { web }),
    api: readApi({
      access: setting(env, "PAPERBOY_API"),
      origins: setting(env, "PAPERBOY_API_ORIGINS"),
      limit: setting(env, "PAPERBOY_API_LIMIT"),
    }),
    ...(mail === undefined ? {} : { mail }),
    ...(admin === undefined ? {} : { admin }),
    ...(backups === undefined ? {} : { backups }),
    sources: readSources(env),
    ...(database === undefined ? {} : { database }),
    keys: readKeys(env),
    log: readLog(env),
    hubUrl: readUrl(env, "PAPERBOY_ENCODER_URL")?.replace(/\/$/, "") ?? HUB_URL,
  };
}

/** Whether the settings name any platform on which people talk to the bot. */
export const hasChats = ({ discord, slack }: Settings): boolean =>
  discord !== undefined || slack !== undefined;

/** Whether the settings name any platform that digests can be sent to. */
export const hasPlatforms = (settings: Settings): boolean =>
  hasChats(settings) || settings.mail !== undefined;

/** Whether the settings name anything to serve: a platform or web pages. */
export const hasServices = (settings: Settings): boolean =>
  hasPlatforms(settings) || settings.web !== undefined;
