#!/usr/bin/env bash
# @slack/web-api 8.2.0: after one 429 nothing more is sent by the client, whatever the method and channel, until the time is over.
#
# Slack limits each method of a workspace on its own, posts each channel (docs.slack.dev/apis/web-api/rate-limits). The client
# stops its queue of all calls for the seconds of Retry-After. A window has to be opened within 3 seconds of the press
# (trigger_id): where a post to some channel was limited a moment before, `views.open` leaves only after its time is over.
# Bolt has one client for each workspace. A second client with the same token sends at once. The stand-in asks for 4 seconds of
# patience after the first post; counted is what it is asked meanwhile. Fails when the order of the calls changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent --ignore-scripts @slack/web-api@8.2.0
cat > ask.mjs <<'JS'
import { createServer } from "node:http";
import webApi from "@slack/web-api";
const asked = [];
const server = createServer((request, response) => {
  const method = request.url.slice(1);
  const limited = method === "chat.postMessage" && !asked.some((one) => one === "limited");
  request.resume().on("end", () => {
    asked.push(limited ? "limited" : method);
    if (limited) response.writeHead(429, { "retry-after": "4" }).end('{"ok":false,"error":"ratelimited"}');
    else response.writeHead(200, { "content-type": "application/json" }).end('{"ok":true}');
  });
});
server.listen(0, "127.0.0.1", async () => {
  const slackApiUrl = `http://127.0.0.1:${server.address().port}/`;
  const make = () => new webApi.WebClient("token", { slackApiUrl, logLevel: "error" });
  const [client, apart] = [make(), make()];
  const began = performance.now();
  const post = client.chat.postMessage({ channel: "C1", text: "a" });
  while (asked.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
  await new Promise((resolve) => setTimeout(resolve, 500));
  const window = client.views.open({ trigger_id: "1", view: {} });
  await apart.users.info({ user: "U1" });
  await Promise.all([post, window]);
  server.close();
  const found = asked.slice(0, 3).join(", ");
  const before = "limited, users.info, views.open";
  const late = performance.now() - began > 4000;
  console.log(`${found} (seen before: ${before}), ${late ? "after" : "within"} 4 seconds (before: after)`);
  process.exitCode = found === before && late ? 0 : 1;
});
JS
node ask.mjs
