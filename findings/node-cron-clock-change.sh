#!/usr/bin/env bash
# node-cron 4.6.0: a task of every minute rests for one to two hours when the host's clocks go back.
#
# Run in a process whose zone is New York's, `* * * * *` is looked forward to from 04:00 to 08:00 UTC on 1 November
# 2026; the clocks there go back at 06:00 UTC. Expected are 240 runs, and 60 of them never come: the next run is worked
# out through the clock of the host, and what was passed over is warned of as "missed execution" at the end. The option
# `timezone: "UTC"` does not help; in a process with TZ=UTC all 240 come. Fails when the counts change.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent node-cron@4.6.0 @sinonjs/fake-timers@15.5.0
cat > count.mjs <<'JS'
import { install } from "@sinonjs/fake-timers";
const clock = install({ now: Date.parse(process.env.FROM), toFake: ["Date", "setTimeout", "clearTimeout"] });
const { schedule } = await import("node-cron");
const timezone = process.env.OPTION;
let runs = 0;
schedule("* * * * *", () => void runs++, timezone ? { timezone } : {});
for (let minute = 0; minute < 240 * 4; minute++) await clock.tickAsync(15_000);
process.stdout.write(String(runs));
process.exit(0);
JS
count() { TZ=$1 OPTION=$2 FROM=$3 node count.mjs 2>/dev/null; }
fail=0
expect() {
  printf '%-22s option timezone %-6s %s of 240 runs (seen before: %s)\n' "$1" "${2:-none}" "$4" "$3"
  [ "$4" = "$3" ] || fail=1
}
printf 'node-cron %s, Node %s\n' "$(node -p 'require("node-cron/package.json").version' 2>/dev/null || echo 4.6.0)" "$(node --version)"
expect America/New_York "" 180 "$(count America/New_York "" 2026-11-01T04:00:00Z)"
expect America/New_York UTC 180 "$(count America/New_York UTC 2026-11-01T04:00:00Z)"
expect Europe/Rome "" 120 "$(count Europe/Rome "" 2026-10-24T23:00:00Z)"
expect Europe/Rome UTC 180 "$(count Europe/Rome UTC 2026-10-24T23:00:00Z)"
expect Australia/Lord_Howe UTC 210 "$(count Australia/Lord_Howe UTC 2026-04-04T13:00:00Z)"
expect UTC "" 240 "$(count UTC "" 2026-11-01T04:00:00Z)"
exit "$fail"
