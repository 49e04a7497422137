import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { SETTING_NAMES } from "../../adapters/cli/settings/setting-names.ts";
import { readSearch } from "../../adapters/cli/settings/search-settings.ts";
import { parsePostgresAddress } from "../../src/store/postgres/address.ts";
import { projectRoot } from "../../src/project-root.ts";

const FOLDER = path.join(projectRoot(), "docs");
const read = (file: string): string => readFileSync(path.join(FOLDER, file), "utf8");

/** What docs/compose.yaml may say of its one service; whatever else it says has to be added here, and held. */
interface Service {
  readonly build: { readonly context: string; readonly target?: string };
  readonly image: string;
  readonly env_file: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly volumes: readonly string[];
  readonly read_only: boolean;
  readonly tmpfs: readonly string[];
  readonly cap_drop: readonly string[];
  readonly security_opt: readonly string[];
  readonly stop_grace_period: string;
  readonly init: boolean;
  readonly restart: string;
}

const text = read("compose.yaml");
const { services, volumes } = parse(text) as {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, null>>;
};
const unit = read("paperboy.service");
const dockerfile = read("../Dockerfile");

/** The settings that a text names. */
const namedIn = (words: string): string[] => words.match(/\b(?:PAPERBOY|DISCORD|SLACK)_[A-Z_]+\b/g) ?? [];

/** The values of a key of the unit. */
const unitHas = (key: string): string[] =>
  Array.from(unit.matchAll(new RegExp(`^${key}=(.*)$`, "gm")), ([, value = ""]) => value);

describe("docs/compose.yaml", () => {
  it("builds the Dockerfile and runs it with the settings of .env, all but its state and /tmp read only, and nothing published", () => {
    expect(Object.keys(services)).toEqual(["bot"]);
    const { build, env_file: settings, volumes: mounted, ...rest } = services["bot"] ?? ({} as Service);
    expect(path.resolve(FOLDER, build.context)).toBe(path.resolve(projectRoot()));
    expect(path.resolve(FOLDER, settings)).toBe(path.resolve(projectRoot(), ".env"));
    expect(mounted).toEqual(["state:/state"]);
    expect(volumes).toEqual({ state: null });
    // No key is left over: no port, no user and no health check in the place of those of the image.
    expect(rest).toEqual({
      image: "paperboy",
      environment: { PAPERBOY_STATE: "/state" },
      read_only: true,
      tmpfs: [expect.stringMatching(/^\/tmp:/)],
      cap_drop: ["ALL"],
      security_opt: ["no-new-privileges:true"],
      stop_grace_period: "15s",
      init: true,
      restart: "unless-stopped",
    });
    const targets = Array.from(text.matchAll(/target: (\S+)/g), ([, target = ""]) => target);
    for (const target of targets) expect(dockerfile).toContain(` AS ${target}\n`);
    expect(targets).not.toEqual([]);
    // What somebody may publish is for this machine alone.
    for (const [, port = ""] of text.matchAll(/ports: \["([^"]*)"\]/g))
      expect(port).toMatch(/^127\.0\.0\.1:/);
  });

  it("leaves the user and the check of health to the image, which keeps its state in the same volume", () => {
    expect(dockerfile).toMatch(/^USER 65532:65532$/m);
    expect(dockerfile).toMatch(/^VOLUME \/state$/m);
    expect(dockerfile).toMatch(/^HEALTHCHECK [^\n]*\\\n\s+CMD \[.*PAPERBOY_ADMIN_PORT\}\/livez/m);
    expect(dockerfile).toMatch(/^ENV .*PAPERBOY_ADMIN_PORT=9464$/m);
  });
});

/** A service of docs/compose.scale.yaml, as far as it is looked at. */
interface ScaledService extends Service {
  readonly network_mode?: string;
  readonly ports?: unknown;
}

describe("docs/compose.scale.yaml", () => {
  const scaled = read("compose.scale.yaml");
  const all = (
    parse(scaled, { merge: true }) as { readonly services: Readonly<Record<string, ScaledService>> }
  ).services;
  const bots = [all["bot-1"], all["bot-2"]].map((bot) => bot ?? ({} as ScaledService));

  it("runs two bots as docs/compose.yaml runs one, each with a state of its own, and publishes nothing", () => {
    const nodes = ["search-1", "search-2", "search-3"];
    expect(Object.keys(all)).toEqual(["bot-1", "bot-2", ...nodes, "database", "replica"]);
    for (const name of [
      "read_only",
      "tmpfs",
      "cap_drop",
      "security_opt",
      "stop_grace_period",
      "init",
      "restart",
    ] as const)
      for (const bot of bots) expect([name, bot[name]]).toEqual([name, services["bot"]?.[name]]);
    expect(bots.map(({ volumes: mounted }) => mounted)).toEqual([["state-1:/state"], ["state-2:/state"]]);
    expect(Object.values(all).filter(({ ports }) => ports !== undefined)).toEqual([]);
    // Versions that were tried, and no newest ones that a start may bring.
    for (const { image } of Object.values(all))
      expect(image).toMatch(
        /^(?:paperboy|postgres:15\.\d+-bookworm|opensearchproject\/opensearch:2\.19\.6)$/,
      );
  });

  it("gives the bots addresses that they take: two servers of the database, and OpenSearch on the loopback they share", () => {
    for (const [i, { environment, network_mode: shared }] of bots.entries()) {
      const address = environment["PAPERBOY_DATABASE_URL"]?.replace(/\$\{[^}]*\}/, "abc123") ?? "";
      const { hosts } = parsePostgresAddress(address);
      expect(hosts.map(({ host }) => Object.keys(all).includes(host))).toEqual([true, true]);
      expect(readSearch(environment)).toMatchObject({ shards: 3, replicas: 1 });
      expect(shared).toBe(`service:search-${i + 1}`);
    }
  });
});

describe("docs/paperboy.service", () => {
  it("keeps tokens from others, the state in one folder, and does not start again what no start mends", () => {
    expect(unitHas("StateDirectory")).toEqual(["paperboy"]);
    expect(unitHas("StateDirectoryMode")).toEqual(["0700"]);
    expect(unitHas("UMask")).toEqual(["0077"]);
    expect(unitHas("Environment").join(" ")).toBe(
      "PAPERBOY_STATE=/var/lib/paperboy PAPERBOY_ENV_FILE=/etc/paperboy.env NODE_ENV=production",
    );
    const install = read("install.md");
    expect(install).toContain("install -m 640 -g paperboy .env.example /etc/paperboy.env");
    expect(install).toContain(
      "env PAPERBOY_STATE=/var/lib/paperboy PAPERBOY_ENV_FILE=/etc/paperboy.env paperboy ",
    );
    expect(unitHas("User")).toEqual(["paperboy"]);
    expect(unitHas("ExecStart")).toEqual(["/usr/local/bin/paperboy"]);
    expect([unitHas("Restart"), unitHas("RestartPreventExitStatus")]).toEqual([["on-failure"], ["2"]]);
    // As long as the container may take.
    expect(unitHas("TimeoutStopSec").map((seconds) => `${seconds}s`)).toEqual([
      services["bot"]?.stop_grace_period,
    ]);
  });

  it("and the files of the container name no setting that there is none of", () => {
    const known = new Set<string>(SETTING_NAMES);
    const named = [text, read("compose.scale.yaml"), unit, dockerfile].flatMap(namedIn);
    expect(named.length).toBeGreaterThan(5);
    // Of the Dockerfile: what an image is built with.
    expect(named.filter((name) => !known.has(name) && name !== "PAPERBOY_ENCODER_URL")).toEqual([]);
  });
});
