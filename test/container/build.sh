#!/usr/bin/env bash
# Builds the image of the Dockerfile by buildah, which needs no daemon, on base images made from this machine's own Node and
# npm, since no registry of images need be reached. Leaves its root folder for container.test.ts, which runs what the image
# runs: as its user, with a root that may only be read. Says why, and ends with 1, where it cannot be done; the test is then
# skipped. The folder is PAPERBOY_CONTAINER_TESTS, by default ~/.cache/paperboy-container-tests. PAPERBOY_CONTAINER_TARGET builds another
# target, bot-with-encoder, with the encoder from PAPERBOY_ENCODER_URL.
set -uo pipefail
cd "$(dirname "$0")/../.."
cache="${PAPERBOY_CONTAINER_TESTS:-${XDG_CACHE_HOME:-$HOME/.cache}/paperboy-container-tests}"

fail() {
  echo "The container's tests are skipped: $1."
  exit 1
}

rm -rf "$cache/root" "$cache/image.json"
[ "$(uname -s)" = Linux ] || fail "this is not Linux"
[ "$(id -u)" = 0 ] || fail "only root can change roots"
command -v dpkg >/dev/null || fail "this is not Debian"
command -v buildah >/dev/null || timeout 240 apt-get install -y -qq --no-install-recommends buildah >/dev/null 2>&1 ||
  { timeout 120 apt-get update -qq >/dev/null 2>&1 && timeout 240 apt-get install -y -qq --no-install-recommends buildah >/dev/null 2>&1; }
command -v buildah >/dev/null || fail "buildah is not here and cannot be installed"
mkdir -p "$cache" || fail "$cache cannot be made"
export BUILDAH_ISOLATION=chroot
store=(--root "$cache/store" --runroot "$cache/run")
clean() {
  buildah "${store[@]}" umount --all >/dev/null 2>&1
  buildah "${store[@]}" rm --all >/dev/null 2>&1
  for mounted in "$cache/store/overlay" "$cache"/store/overlay/*/merged; do mountpoint -q "$mounted" && umount "$mounted"; done
  rm -rf "$cache/store" "$cache/run" "$cache/base"
}
clean
trap clean EXIT

# Copies programs, and the libraries that they are linked with, into the folder of a base image.
with_programs() {
  local into=$1
  shift
  for program in "$@"; do
    { echo "$program" && ldd "$program" 2>/dev/null | grep -oE '/[^ )]+'; } | sort -u | while read -r file; do
      mkdir -p "$into$(dirname "$file")" && cp -L "$file" "$into$file"
    done
  done
}

node=$(command -v node)
modules="$(dirname "$(dirname "$(readlink -f "$(command -v npm)")")")"
base="$cache/base"
rm -rf "$base"
mkdir -p "$base/run/nodejs/bin" "$base/run/etc" "$base/run/tmp" "$base/run/dev" "$base/run/proc" "$base/build/usr/local/bin" "$base/build/usr/local/lib" "$base/build/etc" "$base/build/tmp" "$base/build/root" "$base/build/bin"
chmod 1777 "$base/run/tmp" "$base/build/tmp"
with_programs "$base/run" "$node"
mv "$base/run$node" "$base/run/nodejs/bin/node"
# The libraries that the distroless image has too: those of C and C++, which modules for Node are linked with.
dpkg -L libc6 libgcc-s1 libstdc++6 | grep -E '/lib/.*\.so[.0-9]*$' | while read -r file; do
  mkdir -p "$base/run$(dirname "$file")" && cp -L "$file" "$base/run$file"
done
printf 'root:x:0:0:root:/root:/sbin/nologin\nnonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin\n' >"$base/run/etc/passwd"
printf 'root:x:0:\nnonroot:x:65532:\n' >"$base/run/etc/group"
with_programs "$base/build" "$node" /bin/sh "$(command -v env)" "$(command -v find)" "$(command -v rm)" "$(command -v mkdir)" "$(command -v chown)"
cp -L "$node" "$base/build/usr/local/bin/node"
cp -r "$modules" "$base/build/usr/local/lib/npm"
printf '#!/bin/sh\nexec /usr/local/bin/node /usr/local/lib/npm/bin/npm-cli.js "$@"\n' >"$base/build/usr/local/bin/npm"
chmod 755 "$base/build/usr/local/bin/npm"
cp /etc/passwd /etc/group "$base/build/etc/"
# The registry and the certificates that npm trusts on this machine, where they are set.
certificates=$(npm config get cafile)
[ -f "$certificates" ] || certificates="${NODE_EXTRA_CA_CERTS:-}"
trusted=()
if [ -f "$certificates" ]; then
  mkdir -p "$base/build/etc" && cp -L "$certificates" "$base/build/etc/certificates.pem"
  trusted=(--env npm_config_cafile=/etc/certificates.pem --env NODE_EXTRA_CA_CERTS=/etc/certificates.pem)
fi
trusted+=(--env "npm_config_registry=$(npm config get registry)")

make_base() {
  local container
  container=$(buildah "${store[@]}" from scratch) || return 1
  buildah "${store[@]}" copy --quiet "$container" "$base/$1" / >/dev/null &&
    buildah "${store[@]}" config --env PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "${@:2}" "$container" &&
    buildah "${store[@]}" commit --quiet --rm "$container" "localhost/paperboy-$1-base" >/dev/null
}
{ make_base build "${trusted[@]}" && make_base run; } >"$cache/log" 2>&1 ||
  fail "the base images cannot be made: $(tail -1 "$cache/log")"

timeout 600 buildah "${store[@]}" build --quiet --format docker --network host \
  --build-arg BUILD_IMAGE=localhost/paperboy-build-base --build-arg RUN_IMAGE=localhost/paperboy-run-base \
  --target "${PAPERBOY_CONTAINER_TARGET:-bot}" ${PAPERBOY_ENCODER_URL:+--build-arg "PAPERBOY_ENCODER_URL=$PAPERBOY_ENCODER_URL"} \
  --tag localhost/paperboy . >"$cache/log" 2>&1 || {
  tail -20 "$cache/log"
  echo "The image of the Dockerfile cannot be built."
  exit 2
}
buildah "${store[@]}" inspect --type image localhost/paperboy >"$cache/image.json"
container=$(buildah "${store[@]}" from localhost/paperboy) && cp -a "$(buildah "${store[@]}" mount "$container")" "$cache/root"
echo "Built the image: $(du -sm --apparent-size "$cache/root" | cut -f1) MB, of which $(du -sm --apparent-size "$base/run" | cut -f1) are Node and its libraries."
