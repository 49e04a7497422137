#!/usr/bin/env bash
# onnxruntime-node 1.30.0 (Linux): opening a model keeps an id of the device in the user's cache folder, for reports to the
# makers that are sent unless ORT_DISABLE_TELEMETRY is set; set in the thread that runs the model, it has no effect.
#
# Reports came to Linux with 1.29; the README of the package does not name them. The variable is read from the environment of the
# process when the library is loaded. `process.env` of a worker thread is a copy, so that what is set there reaches nobody, though the
# thread loads the library after it: it has to be set in the main thread, before. Runs without a network, in a namespace of
# its own, so that nothing is sent; needs `unshare`. Fails when the outcomes change.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --ignore-scripts --no-audit --no-fund --silent onnxruntime-node@1.30.0 onnx-proto@8.0.1
cat > open.cjs <<'JS'
const { Worker, isMainThread, workerData } = require("node:worker_threads");
const { onnx } = require("onnx-proto");
const value = (name) => ({ name, type: { tensorType: { elemType: 1, shape: { dim: [{ dimValue: 1 }] } } } });
/** A model whose answer is its question. */
const model = onnx.ModelProto.encode({
  irVersion: 8,
  opsetImport: [{ domain: "", version: 13 }],
  graph: { name: "g", node: [{ opType: "Identity", input: ["x"], output: ["y"] }], input: [value("x")], output: [value("y")] },
}).finish();
async function open() {
  const { InferenceSession, Tensor } = require("onnxruntime-node");
  const session = await InferenceSession.create(model);
  const { y } = await session.run({ x: new Tensor("float32", Float32Array.of(7), [1]) });
  process.stdout.write(`answered ${y.data[0]}`);
}
const [how] = isMainThread ? process.argv.slice(2) : [workerData];
if (isMainThread && how !== "not set") {
  if (how === "set before the thread") process.env.ORT_DISABLE_TELEMETRY = "1";
  new Worker(__filename, { workerData: how });
} else {
  if (how === "set in the thread") process.env.ORT_DISABLE_TELEMETRY = "1";
  void open();
}
JS
seen=""
for how in "not set" "set in the thread" "set before the thread"; do
  home=$(mktemp -d "$folder/home.XXXX")
  said=$(unshare --net --map-root-user env -i PATH="$PATH" HOME="$home" node open.cjs "$how" 2>/dev/null)
  kept=$(cd "$home" && find . -name deviceid)
  seen+="$how: $said, kept ${kept:-nothing}"$'\n'
done
printf '%s' "$seen"
[ "$seen" = "not set: answered 7, kept ./.cache/Microsoft/DeveloperTools/.onnxruntime/deviceid
set in the thread: answered 7, kept ./.cache/Microsoft/DeveloperTools/.onnxruntime/deviceid
set before the thread: answered 7, kept nothing
" ] || { echo "onnxruntime-node behaves in another way than this says." >&2; exit 1; }
