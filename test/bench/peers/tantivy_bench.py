"""Tantivy as its documentation sets it up: English stems, BM25, any of the words, the title twice as strong, the best ten with
their titles. `tantivy_bench.py PAPERS QUESTIONS FOLDER`: papers are lines of a title and an abstract with a tab between,
questions are lines. Prints one line of JSON."""

import json
import math
import re
import sys
import time

import tantivy

LIMIT = 10


def resident():
    """Megabytes of the process in memory (Linux)."""
    with open("/proc/self/status", encoding="utf-8") as status:
        for line in status:
            if line.startswith("VmRSS:"):
                return int(re.sub(r"\D", "", line)) * 1024 / 1e6
    return None


def main(papers_file, questions_file, folder):
    with open(papers_file, encoding="utf-8") as file:
        papers = [line.rstrip("\n").split("\t") for line in file]
    with open(questions_file, encoding="utf-8") as file:
        questions = [line.rstrip("\n") for line in file]
    before = resident()
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("title", stored=True, tokenizer_name="en_stem")
    builder.add_text_field("abstract", stored=False, tokenizer_name="en_stem")
    index = tantivy.Index(builder.build(), path=folder)
    started = time.perf_counter()
    writer = index.writer()
    for title, abstract in papers:
        writer.add_document(tantivy.Document(title=title, abstract=abstract))
    writer.commit()
    writer.wait_merging_threads()
    index_seconds = time.perf_counter() - started
    index.reload()
    searcher = index.searcher()

    def ask(text):
        words = " ".join(re.findall(r"\w+", text.lower()))
        query, _errors = index.parse_query_lenient(words, ["title", "abstract"], field_boosts={"title": 2.0})
        for _score, address in searcher.search(query, LIMIT).hits:
            searcher.doc(address)["title"]

    for text in questions[:20]:
        ask(text)
    times = []
    for text in questions:
        begun = time.perf_counter()
        ask(text)
        times.append((time.perf_counter() - begun) * 1000)
    times.sort()

    def share(part):
        return float(f"{times[max(0, math.ceil(part * len(times)) - 1)]:.3g}")

    print(
        json.dumps(
            {
                "papers": len(papers),
                "indexSeconds": float(f"{index_seconds:.3g}"),
                "residentMegabytes": round(resident() - before),
                "search": {"p50": share(0.5), "p95": share(0.95), "p99": share(0.99)},
            }
        )
    )


main(*sys.argv[1:])
