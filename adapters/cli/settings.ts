import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "dotenv";
import { LOG_LEVELS } from "../../src/log.ts";
import type { LogSettings } from "./log/log.ts";
import { LOG_FORMATS } from "./log/log.ts";
import { SETTING_NAMES } from "./setting-names.ts";
import { withoutAbsent } from "../../src/corpus/merging/fields.ts";
import { projectRoot } from "../../src/project-root.ts";
import { UserError } from "../../src/user-error.ts";
import type { DiscordSettings } from "../discord/discord.ts";
import type { Listening } from "../http/server.ts";
import type { MailSettings } from "../mail/settings.ts";
import { readMail } from "../mail/settings.ts";
import type { WebSettings } from "../web/settings.ts";
import type { ApiSettings } from "../api/settings.ts";
import { readApi } from "../api/settings.ts";
import type { OwnToken, SlackConnection, SlackSettings } from "../slack/settings.ts";
import type { BackupSettings } from "./backup/backup-settings.ts";
import { readBackups } from "./backup/backup-settings.ts";
import { userConfigFolder, userDataFolder } from "./state/state-folder.ts";
import { readCompleting, readFetching } from "./sources/lookup-names.ts";
import { readFeedHosts, readSourceNames } from "./sources/source-names.ts";
import type { SourceSettings } from "./sources/sources.ts";
import { checkFeedHost } from "../../src/sources/feed/feed-host.ts";
import { HUB_URL } from "../../src/library/encoder/hub.ts";
import { findEncoder } from "./encoder/encoder-place.ts";
import { checkPassphrase } from "../../src/store/secrets/key-ring.ts";
import type { StoreKeys } from "../../src/store/sqlite.ts";
import type { LibrarySettings } from "../../src/library/library.ts";

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
  /** The passphrases that the tokens of workspaces are sealed with; without one a key file is used. */
  readonly keys: StoreKeys;
  /** Where encoders are fetched from. */
  readonly hubUrl: string;
  readonly log: LogSettings;
  /** The backups that are made by themselves; absent where none are. */
  readonly backups?: BackupSettings;
}

/** A setting; undefined where it is empty. */
const setting = (env: NodeJS.ProcessEnv, name: string): string | undefined => env[name]?.trim() || undefined;

function readEnvFile(file: string): Record<string, string> {
  try {
    return parse(readFileSync(file, "utf8"));
  } catch (error) {
    const found = error instanceof Error ? error.message : String(error);
    throw new UserError(
      `The settings in ${file} cannot be read: ${found}. Set PAPERBOY_ENV_FILE to another file.`,
    );
  }
}

/** The files that settings are read from, those of later ones before those of earlier ones. */
export function envFiles(env: NodeJS.ProcessEnv): readonly string[] {
  const named = setting(env, "PAPERBOY_ENV_FILE");
  if (named !== undefined) return [named];
  return [userConfigFolder(), projectRoot()].map((folder) => path.join(folder, ".env")).filter(existsSync);
}

/**
 * The environment with the settings of `.env` in the program's folder and in the user's config folder, or of the file that
 * PAPERBOY_ENV_FILE names; the environment wins, then the program's folder. Never the `.env` of the folder where the program is started, which may be another
 * project's. A UserError where a file that is named or there cannot be read.
 */
export function withEnvFile(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.assign({}, ...envFiles(env).map(readEnvFile), env) as NodeJS.ProcessEnv;
}

function readDiscord(env: NodeJS.ProcessEnv): DiscordSettings | undefined {
  const token = setting(env, "DISCORD_TOKEN");
  if (token === undefined) return undefined;
  const guildId = setting(env, "DISCORD_GUILD_ID");
  const apiUrl = setting(env, "DISCORD_API_URL");
  return {
    token,
    ...(guildId === undefined ? {} : { guildId }),
    ...(apiUrl === undefined ? {} : { apiUrl }),
  };
}

/** A setting that another one needs; a UserError says so where it is missing. */
function needed(env: NodeJS.ProcessEnv, name: string, because: string): string {
  const value = setting(env, name);
  if (value === undefined)
    throw new UserError(`${name} is not set, but ${because}. docs/slack.md says where to find it.`);
  return value;
}

function readPort(name: string, text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new UserError(`${name} is “${text}”; it must be a whole number from 0 to 65535.`);
  return port;
}

function readSwitch(env: NodeJS.ProcessEnv, name: string): boolean {
  const text = (setting(env, name) ?? "on").toLowerCase();
  if (text === "on" || text === "off") return text === "on";
  throw new UserError(`${name} is “${text}”; it must be on or off.`);
}

/** The token of an app for one workspace; with a refresh token the app's id and secret have to be there too. */
function readOwnToken(env: NodeJS.ProcessEnv, because: string): OwnToken {
  const botToken = needed(env, "SLACK_BOT_TOKEN", because);
  const refreshToken = setting(env, "SLACK_REFRESH_TOKEN");
  if (refreshToken === undefined) return { botToken };
  const clientId = needed(env, "SLACK_CLIENT_ID", "SLACK_REFRESH_TOKEN is");
  const clientSecret = needed(env, "SLACK_CLIENT_SECRET", "SLACK_REFRESH_TOKEN is");
  return { botToken, rotation: { refreshToken, clientId, clientSecret } };
}

function readHttp(env: NodeJS.ProcessEnv, signingSecret: string): SlackConnection {
  const listen = {
    host: setting(env, "SLACK_HOST") ?? "127.0.0.1",
    port: readPort("SLACK_PORT", setting(env, "SLACK_PORT") ?? "3000"),
  };
  const clientId = setting(env, "SLACK_CLIENT_ID");
  const isRenewed = setting(env, "SLACK_REFRESH_TOKEN") !== undefined;
  if (clientId === undefined || isRenewed) {
    const because = isRenewed
      ? "SLACK_REFRESH_TOKEN is"
      : "SLACK_SIGNING_SECRET is, and SLACK_CLIENT_ID is not";
    return {
      kind: "http",
      signingSecret,
      ...listen,
      identity: { kind: "token", ...readOwnToken(env, because) },
    };
  }
  const clientSecret = needed(env, "SLACK_CLIENT_SECRET", "SLACK_CLIENT_ID is");
  return { kind: "http", signingSecret, ...listen, identity: { kind: "oauth", clientId, clientSecret } };
}

function readSlack(env: NodeJS.ProcessEnv): SlackSettings | undefined {
  const appToken = setting(env, "SLACK_APP_TOKEN");
  const signingSecret = setting(env, "SLACK_SIGNING_SECRET");
  const apiUrl = setting(env, "SLACK_API_URL");
  const common = {
    ...(apiUrl === undefined ? {} : { apiUrl }),
    unfurl: readSwitch(env, "SLACK_UNFURL"),
  };
  if (appToken !== undefined) {
    const own = readOwnToken(env, "SLACK_APP_TOKEN is");
    return { connection: { kind: "socket", appToken, ...own }, ...common };
  }
  if (signingSecret !== undefined) return { connection: readHttp(env, signingSecret), ...common };
  if (setting(env, "SLACK_BOT_TOKEN") === undefined) return undefined;
  throw new UserError(
    "SLACK_BOT_TOKEN is set, but neither SLACK_APP_TOKEN (Socket Mode) nor SLACK_SIGNING_SECRET (signed requests) is. docs/slack.md says where to find them.",
  );
}

/** The address of a service, whose paths are its own; undefined where it is not set. */
function readUrl(env: NodeJS.ProcessEnv, name: string): string | undefined {
  const text = setting(env, name);
  if (text === undefined) return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`) return text;
  throw new UserError(
    `${name} is “${text}”; it must be a web address without a path, such as https://example.org.`,
  );
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

/** One of some words; the fallback where it is not set. */
function readWord<const Word extends string>(
  env: NodeJS.ProcessEnv,
  name: string,
  [words, fallback]: readonly [words: readonly Word[], fallback: Word],
): Word {
  const text = setting(env, name);
  const found = text === undefined ? fallback : words.find((word) => word === text.toLowerCase());
  if (found !== undefined) return found;
  throw new UserError(
    `${name} is “${text}”; it must be ${words.slice(0, -1).join(", ")} or ${words.at(-1) ?? ""}.`,
  );
}

/** Settings that are secret. */
const SECRETS = SETTING_NAMES.filter((name) => /_(?:TOKEN|SECRET|SECRET_BEFORE|KEY|SMTP_URL)$/.test(name));

function readLog(env: NodeJS.ProcessEnv): LogSettings {
  return {
    level: readWord(env, "PAPERBOY_LOG_LEVEL", [LOG_LEVELS, "info"]),
    format: readWord(env, "PAPERBOY_LOG_FORMAT", [LOG_FORMATS, "auto"]),
    secrets: SECRETS.flatMap((name) => setting(env, name) ?? []),
  };
}

function readSources(env: NodeJS.ProcessEnv): SourceSettings {
  const live = {
    contact: setting(env, "PAPERBOY_CONTACT"),
    huggingFaceUrl: readUrl(env, "PAPERBOY_HUGGINGFACE_URL"),
    arxivApiUrl: readUrl(env, "PAPERBOY_ARXIV_API_URL"),
    arxivFeedUrl: readUrl(env, "PAPERBOY_ARXIV_FEED_URL"),
    crossrefUrl: readUrl(env, "PAPERBOY_CROSSREF_URL"),
    dataCiteUrl: readUrl(env, "PAPERBOY_DATACITE_URL"),
    openAlexUrl: readUrl(env, "PAPERBOY_OPENALEX_URL"),
    openAlexKey: setting(env, "OPENALEX_API_KEY"),
    semanticScholarUrl: readUrl(env, "PAPERBOY_SEMANTIC_SCHOLAR_URL"),
    semanticScholarKey: setting(env, "SEMANTIC_SCHOLAR_API_KEY"),
    feedHosts: readFeedHosts("PAPERBOY_FEED_HOSTS", setting(env, "PAPERBOY_FEED_HOSTS")),
  };
  const names = readSourceNames("PAPERBOY_SOURCES", setting(env, "PAPERBOY_SOURCES"));
  for (const name of names) if (name.kind === "feed") checkFeedHost(name.url, live);
  const completing = readCompleting("PAPERBOY_COMPLETE", setting(env, "PAPERBOY_COMPLETE"));
  const named = [...(names.some(({ kind }) => kind === "arxiv") ? ["arxiv" as const] : []), ...completing];
  const fetching = readFetching("PAPERBOY_FETCH", setting(env, "PAPERBOY_FETCH"), [...new Set(named)]);
  return { names, completing, fetching, live: withoutAbsent<SourceSettings["live"]>(live) };
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
  const backups = readBackups({ every, keep, folder: kept }, { root, state });
  return {
    library: {
      pages: folder("PAPERBOY_PAGES", "data/pages"),
      state,
      meaning: path.join(root, "data/meaning"),
      ...(encoder === undefined ? {} : { encoder }),
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
