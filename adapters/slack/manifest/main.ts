import { writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { commands } from "../../../src/bot/bot.ts";
import type { Transport } from "../declare.ts";
import { declareApp } from "../declare.ts";

/**
 * Writes the manifests from which Slack creates the app: `npm run slack:manifest`. With the address at which Slack
 * reaches the server it prints the one for there: `npm run slack:manifest -- https://paperboy.example.org`.
 */
const [address] = process.argv.slice(2);
const folder = fileURLToPath(new URL("../../../../adapters/slack/manifest/", import.meta.url));
const text = (transport: Transport): string =>
  `${JSON.stringify(declareApp(commands, transport), undefined, 2)}\n`;

if (address === undefined) {
  await writeFile(path.join(folder, "socket-mode.json"), text({ kind: "socket" }));
  const example = { kind: "http", address: "https://paperboy.example.org" } as const;
  await writeFile(path.join(folder, "http.json"), text(example));
} else {
  process.stdout.write(text({ kind: "http", address: address.replace(/\/+$/, "") }));
}
