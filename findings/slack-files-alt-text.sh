#!/usr/bin/env bash
# @slack/web-api 8.2.0: the description of a picture given to filesUploadV2 is sent under a name that Slack's method does not have.
#
# `files.getUploadURLExternal` takes the words for screen readers as `alt_txt` (docs.slack.dev/reference/methods, and its error
# `alt_txt_too_large`). The package's types and its upload in three steps say `alt_text`, as the image block does, so that a chart is
# posted without a description and nothing tells so. The three methods called one by one, the first with `alt_txt`, send it;
# the types refuse the name. Fails when what is sent changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent --ignore-scripts @slack/web-api@8.2.0
cat > upload.mjs <<'JS'
import { createServer } from "node:http";
import { WebClient } from "@slack/web-api";
let asked;
const server = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks).toString("latin1");
  const address = `http://127.0.0.1:${server.address().port}`;
  if (request.url.endsWith("files.getUploadURLExternal")) asked = [...new URLSearchParams(body).keys()].sort();
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify({ ok: true, upload_url: `${address}/upload`, file_id: "F1", files: [{ id: "F1" }] }));
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const client = new WebClient("xoxb-none", { slackApiUrl: `http://127.0.0.1:${server.address().port}/api/` });
await client.filesUploadV2({ file: Buffer.from("png"), filename: "map.png", alt_text: "Five papers and what they share" });
server.close();
server.closeAllConnections();
const before = "alt_text,filename,length";
console.log(`arguments of files.getUploadURLExternal: ${asked} (seen before: ${before})`);
if (String(asked) !== before) process.exitCode = 1;
JS
node upload.mjs
