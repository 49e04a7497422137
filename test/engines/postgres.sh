#!/usr/bin/env bash
# A PostgreSQL of one's own for tests, on a free port of this machine, in a folder that can be thrown away:
#   postgres.sh start FOLDER             makes it where there is none, starts it, and prints its address
#   postgres.sh replica FOLDER PRIMARY   makes and starts one that follows the one in PRIMARY, and prints its address
#   postgres.sh promote FOLDER           lets a replica take its primary's place
#   postgres.sh stop FOLDER [fast|immediate]
# Debian's package is installed where it can be had. Ends with 3 where there is no PostgreSQL and none can be had or started. The server refuses
# to run as root; then it runs as the user postgres.
set -euo pipefail
action=$1 folder=$2
programs() { ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1; }
if [ -z "$(programs)" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  # The package would start a server of its own at once.
  mkdir -p /etc/postgresql-common
  [ -e /etc/postgresql-common/createcluster.conf ] || echo "create_main_cluster = false" >/etc/postgresql-common/createcluster.conf
  { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends postgresql-15; } >/dev/null 2>&1 || true
fi
bin=$(programs)
[ -n "$bin" ] || { echo "There is no PostgreSQL here, and Debian's postgresql-15 cannot be installed." >&2; exit 3; }
own() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }
free_port() { node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })'; }
prepare() { mkdir -p "$folder"; [ "$(id -u)" != 0 ] || chown postgres "$folder"; chmod 700 "$folder"; }
settings() {
  own tee -a "$folder/data/postgresql.conf" >/dev/null <<END
port = $1
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 200
# What a power cut would take is no part of the tests.
fsync = off
shared_buffers = 32MB
END
}
launch() {
  own "$bin/pg_ctl" -s -w -t 60 -D "$folder/data" -l "$folder/log" start >&2 || return 1
  echo "postgres://paperboy@127.0.0.1:$(sed -n 4p "$folder/data/postmaster.pid")/postgres"
}
cannot() { echo "PostgreSQL cannot be started here; its log is in $folder." >&2; exit 3; }
cd /
case $action in
start)
  if [ ! -e "$folder/data/PG_VERSION" ]; then
    prepare
    own "$bin/initdb" -D "$folder/data" -U paperboy -A trust -E UTF8 --locale=C.UTF-8 --no-sync >/dev/null || cannot
    settings "$(free_port)"
  fi
  launch || cannot
  ;;
replica)
  prepare
  port=$(sed -n 4p "$3/data/postmaster.pid")
  own "$bin/pg_basebackup" -h 127.0.0.1 -p "$port" -U paperboy -D "$folder/data" -R -X stream -c fast --no-sync
  settings "$(free_port)"
  launch
  ;;
promote) own "$bin/pg_ctl" -s -w -D "$folder/data" promote >&2 ;;
stop) own "$bin/pg_ctl" -s -w -m "${3:-fast}" -D "$folder/data" stop >&2 ;;
*) echo "There is no $action." >&2; exit 2 ;;
esac
