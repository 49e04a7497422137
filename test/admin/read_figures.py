"""Asks a program that serves for a page and its figures, and reads them by OpenMetrics' rules."""

import re
import sys
import time
import urllib.request

from prometheus_client.openmetrics.parser import text_string_to_metric_families

log, kept = sys.argv[1:]


def address(words: str) -> str:
    """An address that the log tells after some words."""
    while True:
        with open(log, encoding="utf-8") as file:
            found = re.search(words + r" (http://[0-9.:]+)/", file.read())
        if found:
            return found[1]
        time.sleep(0.1)


def get(url: str) -> tuple[str, str]:
    with urllib.request.urlopen(url, timeout=20) as answer:
        return answer.read().decode(), answer.headers["content-type"]


get(address("pages at") + "/search?q=curriculum+learning")
text, content_type = get(address("figures at") + "/metrics")
with open(kept, "w", encoding="utf-8") as file:
    file.write(text)
assert content_type.startswith("application/openmetrics-text; version=1.0.0"), content_type
families = {family.name: family for family in text_string_to_metric_families(text)}
own = sorted(name for name in families if name.startswith("paperboy_"))
searches = [
    sample.value
    for sample in families["paperboy_command_duration_seconds"].samples
    if sample.name.endswith("_count") and sample.labels == {"command": "search", "platform": "web", "outcome": "plain"}
]
assert searches == [1.0], searches
assert families["paperboy_requests"].type == "counter"
assert families["paperboy_papers"].samples[0].value > 0
print(f"prometheus-client read {len(families)} families of figures, {len(own)} of them Paperboy's own")
