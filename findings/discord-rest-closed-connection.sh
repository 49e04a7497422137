#!/usr/bin/env bash
# @discordjs/rest 2.6.3: a request whose kept connection the server had just closed is not tried again, though a reset one is.
#
# A server answers the first request on a connection and ends the connection, without a word, when the second one comes: what a
# server or proxy does whose idle time is over in that moment. The REST client is set to three tries. It takes only
# ECONNRESET for a passing fault; undici, which it sends with, calls a connection that the other side ended UND_ERR_SOCKET
# ("other side closed"). So the answer to a person's command fails at the first try, while the same end with a reset (RST in
# the place of FIN) is tried again and comes through. Fails when the outcomes change.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent @discordjs/rest@2.6.3
cat > ask.mjs <<'JS'
import { createServer } from "node:http";
import { REST } from "@discordjs/rest";
const [how] = process.argv.slice(2);
let asked = 0;
const server = createServer((request, response) => {
  asked++;
  if (asked === 2) {
    if (how === "RST") request.socket.resetAndDestroy();
    else request.socket.destroy();
    return;
  }
  response.writeHead(200, { "content-type": "application/json" }).end("{}");
});
server.listen(0, "127.0.0.1", async () => {
  const api = `http://127.0.0.1:${server.address().port}/api`;
  const rest = new REST({ api, version: "10", retries: 3 }).setToken("a.to.ken");
  await rest.post("/interactions/1/abc/callback", { body: { type: 5 }, auth: false });
  const outcome = await rest
    .post("/interactions/2/def/callback", { body: { type: 5 }, auth: false })
    .then(() => "answered")
    .catch(({ code, message }) => `${code} ${message}`);
  process.stdout.write(`${outcome}, ${asked} requests`);
  process.exit(0);
});
JS
fail=0
expect() {
  printf '%-22s %s (seen before: %s)\n' "$1" "$3" "$2"
  [ "$3" = "$2" ] || fail=1
}
printf '@discordjs/rest 2.6.3, undici %s, Node %s; the second request\n' \
  "$(node -p "JSON.parse(require('fs').readFileSync('node_modules/undici/package.json')).version")" "$(node --version)"
expect "ended (FIN)" "UND_ERR_SOCKET other side closed, 2 requests" "$(node ask.mjs FIN)"
expect "reset (RST)" "answered, 3 requests" "$(node ask.mjs RST)"
exit "$fail"
