#!/usr/bin/env bash
# Runs a node of OpenSearch for tests, without its security plugin, on a free port of loopback:
#   opensearch.sh start FOLDER [HEAP]   prints its address once it answers; FOLDER holds its jars, data, log and process id
#   opensearch.sh stop FOLDER           ends it
# It needs a JDK of 17 or later, Maven, and Maven Central for the jars (46 MB, once); where one is lacking it ends with 3.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
folder=${2:?name a folder for the node}
home=$folder/node

stop() {
  [ -f "$home/pid" ] || return 0
  local pid
  pid=$(cat "$home/pid")
  kill "$pid" 2>/dev/null || true
  for _ in $(seq 50); do
    kill -0 "$pid" 2>/dev/null || break
    sleep 0.2
  done
  kill -9 "$pid" 2>/dev/null || true
  rm -rf "$home"
}

prepare() {
  { command -v java && command -v javac && command -v mvn; } >/dev/null || {
    echo "There is no JDK or no Maven here." >&2
    exit 3
  }
  mkdir -p "$folder/classes"
  cp "$here/pom.xml" "$folder/"
  [ -s "$folder/jars" ] || (cd "$folder" && mvn -q -B dependency:build-classpath -Dmdep.outputFile=jars >&2) || {
    echo "The jars of OpenSearch cannot be had from Maven Central." >&2
    exit 3
  }
  javac -cp "$(cat "$folder/jars")" -d "$folder/classes" "$here/TestNode.java"
}

start() {
  stop
  prepare
  mkdir -p "$home/config" "$home/tmp"
  cat >"$home/config/log4j2.properties" <<'L'
status = error
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = [%d{ISO8601}][%-5p][%c{1.}] %m%n
rootLogger.level = warn
rootLogger.appenderRef.console.ref = console
L
  nohup java "-Xms$1" "-Xmx$1" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Djava.io.tmpdir="$home/tmp" \
    -Dlog4j.configurationFile="$home/config/log4j2.properties" -Dlog4j2.formatMsgNoLookups=true \
    -Dio.netty.noUnsafe=true -Dio.netty.noKeySetOptimization=true -Djava.locale.providers=SPI,COMPAT \
    --add-opens=java.base/java.io=ALL-UNNAMED \
    -cp "$folder/classes:$(cat "$folder/jars")" TestNode "$home" cluster.name=paperboy-test node.name=one \
    discovery.type=single-node http.port=0 transport.port=0 cluster.routing.allocation.disk.threshold_enabled=false \
    cluster.max_shards_per_node=20000 >"$home/log" 2>&1 </dev/null &
  echo $! >"$home/pid"
  for _ in $(seq 300); do
    [ -f "$home/address" ] && break
    kill -0 "$(cat "$home/pid")" 2>/dev/null || { tail -20 "$home/log" >&2; exit 1; }
    sleep 0.2
  done
  cat "$home/address" && echo
}

case $1 in
  start) start "${3:-512m}" ;;
  stop) stop ;;
  *) echo "opensearch.sh start FOLDER [HEAP] | opensearch.sh stop FOLDER" >&2; exit 2 ;;
esac
