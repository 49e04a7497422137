import { writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { commands } from "../../../src/bot/bot.ts";
import { declareApp } from "../declare.ts";

/**
 * Writes the manifests from which Slack creates the app: `npm run slack:manifest`, or with the address at which Slack
 * reaches the server, `npm run slack:manifest -- https://paperboy.example.org`.
 */
const [address = "https://paperboy.example.org"] = process.argv.slice(2);
const folder = fileURLToPath(new URL("../../../../adapters/slack/manifest/", import.meta.url));
const write = (name: string, manifest: unknown): Promise<void> =>
  writeFile(path.join(folder, name), `${JSON.stringify(manifest, undefined, 2)}\n`);

await write("socket-mode.json", declareApp(commands, { kind: "socket" }));
await write("http.json", declareApp(commands, { kind: "http", address: address.replace(/\/+$/, "") }));
