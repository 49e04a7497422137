#!/usr/bin/env bash
# node-cron 4.6.0: after the clock of the machine was a month ahead for a minute, a task of every minute rests for a month.
#
# A process in UTC has `* * * * *` under way. Its clock is set 30 days ahead, a minute passes, and it is set right. In the
# hour after that 60 runs are expected and none comes: the task waits for the minute after the last one it has seen, and is
# armed for a day at most, only to wait again. While the clock is ahead each minute of the 30 days is worked out and told of
# as a missed execution. A task that is made anew after the clock is right has its 60 runs. Fails when the counts change.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent node-cron@4.6.0 @sinonjs/fake-timers@15.5.0
cat > count.mjs <<'JS'
import { install } from "@sinonjs/fake-timers";
const START = Date.parse("2026-03-02T08:00:30Z");
const clock = install({ now: START, toFake: ["Date", "setTimeout", "clearTimeout"] });
const { schedule } = await import("node-cron");
let [runs, missed] = [0, 0];
const begin = () => {
  const task = schedule("* * * * *", () => void runs++);
  task.on("execution:missed", () => void missed++);
  return task;
};
let task = begin();
const minutes = async (count) => {
  for (let i = 0; i < count * 4; i++) await clock.tickAsync(15_000);
};
await minutes(2);
clock.setSystemTime(START + 30 * 86_400_000 + 120_000);
await minutes(1);
clock.setSystemTime(START + 180_000);
runs = 0;
if (process.argv[2] === "anew") {
  await task.destroy();
  task = begin();
}
await minutes(60);
process.stdout.write(`${runs} ${missed}`);
process.exit(0);
JS
fail=0
expect() {
  printf '%-34s %s (seen before: %s)\n' "$1" "$3" "$2"
  [ "$3" = "$2" ] || fail=1
}
export TZ=UTC
printf 'node-cron 4.6.0, Node %s; runs in the hour after, and missed executions told\n' "$(node --version)"
expect "the task goes on" "0 43200" "$(node count.mjs 2>/dev/null)"
expect "the task is made anew" "60 43200" "$(node count.mjs anew 2>/dev/null)"
exit "$fail"
