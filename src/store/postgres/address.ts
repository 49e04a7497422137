import { UserError } from "../../user-error.ts";

/** One server of a database that may have several, of which one is written. */
export interface Host {
  readonly host: string;
  readonly port: number;
}

/** How the connection is kept from others: as libpq's words (postgresql.org/docs/15/libpq-ssl.html). */
type SslMode = "disable" | "require" | "verify-full";

/** A PostgreSQL database. */
export interface PostgresAddress {
  readonly hosts: readonly Host[];
  readonly user: string | undefined;
  readonly password: string | undefined;
  readonly database: string;
  readonly sslMode: SslMode;
  /** A file with the certificates that are trusted. */
  readonly sslRootCert: string | undefined;
  /** For logs and errors: without the password. */
  readonly shown: string;
}

const DEFAULT_PORT = 5432;
const SSL_MODES: readonly string[] = ["disable", "require", "verify-full"] satisfies SslMode[];
const PARAMETERS = ["sslmode", "sslrootcert", "target_session_attrs"];

/** `postgres://user:password@host:5432,other:5432/name?sslmode=require`; a password with a `/` or `@` is written `%2F`, `%40`. */
const ADDRESS = /^postgres(?:ql)?:\/\/(?:([^:@/?#]*)(?::([^@/?#]*))?@)?([^/?#@]+)\/([^/?#]+)(?:\?([^#]*))?$/i;
const HOST = /^(\[[0-9a-f:.]+\]|[a-z0-9_.-]+)(?::(\d{1,5}))?$/i;

const EXAMPLE = "postgres://paperboy:PASSWORD@db.example.org:5432/paperboy";

/** Says what is wrong without the address itself, which may hold a password. */
const refuse = (what: string): UserError =>
  new UserError(
    `PAPERBOY_DATABASE_URL ${what}. It must look like ${EXAMPLE}, several servers with a comma between. Leave it out to keep all in the state folder.`,
  );

function decode(text: string | undefined, what: string): string | undefined {
  if (text === undefined || text === "") return undefined;
  try {
    return decodeURIComponent(text);
  } catch {
    throw refuse(`has a % in its ${what} that is not followed by two hex digits (a % itself is written %25)`);
  }
}

function readHost(text: string): Host {
  const [, host = "", port] = HOST.exec(text) ?? [];
  const number = port === undefined ? DEFAULT_PORT : Number(port);
  if (host === "" || number < 1 || number > 65_535)
    throw refuse("names a server that is none, or a port that is not from 1 to 65535");
  return { host: host.replace(/^\[|\]$/g, ""), port: number };
}

function readParameters(text = ""): Pick<PostgresAddress, "sslMode" | "sslRootCert"> {
  const given = new URLSearchParams(text);
  const strange = [...given.keys()].find((name) => !PARAMETERS.includes(name));
  if (strange !== undefined)
    throw refuse(`has the parameter “${strange}”; there are ${PARAMETERS.join(", ")}`);
  const target = given.get("target_session_attrs") ?? "read-write";
  if (target !== "read-write")
    throw refuse(`has target_session_attrs=${target}; Paperboy writes, so that it can be read-write alone`);
  const sslMode = given.get("sslmode") ?? "disable";
  if (!SSL_MODES.includes(sslMode)) throw refuse(`has sslmode=${sslMode}; it can be ${SSL_MODES.join(", ")}`);
  return { sslMode: sslMode as SslMode, sslRootCert: given.get("sslrootcert") ?? undefined };
}

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|::1)$/i;

/** Servers on other machines to which all goes as it is, for whoever is on the way to read. */
export const openlyTo = ({ hosts, sslMode }: PostgresAddress): readonly string[] =>
  sslMode === "disable" ? hosts.map(({ host }) => host).filter((host) => !LOOPBACK.test(host)) : [];

/** Reads the address of a database. Throws a UserError, which never holds the address, where it is none. */
export function parsePostgresAddress(text: string): PostgresAddress {
  const found = ADDRESS.exec(text);
  if (found === null) throw refuse("is no address of a PostgreSQL database");
  const [, user, password, servers = "", name, parameters] = found;
  const hosts = servers.split(",").map(readHost);
  const database = decode(name, "name") ?? "";
  const who = decode(user, "user");
  return {
    hosts,
    user: who,
    password: decode(password, "password"),
    database,
    ...readParameters(parameters),
    shown: `postgres://${who === undefined ? "" : `${who}@`}${hosts.map(({ host, port }) => `${host}:${port}`).join(",")}/${database}`,
  };
}
