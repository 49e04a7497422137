#!/usr/bin/env python3
"""Writes the vectors that the reference implementation, Hugging Face's transformers on torch, gives 100 texts.

  python3 reference.py MODEL texts.json vectors.f32

The texts are padded together and cut at 256 tokens; the vectors are means over the tokens, of length 1, as
sentence-transformers does for all-MiniLM-L6-v2. To be run by hand: the file is kept, since torch is too big to ask for.
"""
import json
import sys

import torch
from transformers import AutoModel, AutoTokenizer

model_folder, texts_file, vectors_file = sys.argv[1:]
with open(texts_file, encoding="utf8") as handle:
    texts = json.load(handle)
tokenizer, model = AutoTokenizer.from_pretrained(model_folder), AutoModel.from_pretrained(model_folder).eval()
with torch.no_grad():
    read = tokenizer(texts, padding=True, truncation=True, max_length=256, return_tensors="pt")
    tokens = model(**read).last_hidden_state
    seen = read["attention_mask"].unsqueeze(-1).float()
    vectors = torch.nn.functional.normalize((tokens * seen).sum(1) / seen.sum(1), dim=-1)
vectors.numpy().astype("<f4").tofile(vectors_file)
print(vectors.shape)
