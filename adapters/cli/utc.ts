/**
 * Sets the zone of the process to UTC; imported before anything else. node-cron 4.6.0 works its next run out through the
 * clock of the host, and rests for one to two hours on the night that clock goes back, whatever its `timezone` says
 * (findings/node-cron-clock-change.sh). Nothing here means the zone of the host: digests name theirs, papers and the log
 * count in UTC.
 */
process.env["TZ"] = "UTC";
