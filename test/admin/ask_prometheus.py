"""Has Prometheus' own programs check the figures of a program that serves, and the configuration and alarms of the docs."""

import json
import re
import subprocess
import sys
import time
import urllib.parse
import urllib.request

log, figures, programs, folder = sys.argv[1:]
PORT = 19469


def run(*words: str, given: str = "") -> str:
    """What promtool says; a configuration that is wrong ends this."""
    done = subprocess.run([f"{programs}/promtool", *words], input=given, capture_output=True, text=True, check=False)
    said = done.stdout + done.stderr
    assert done.returncode == 0 or words[1] == "metrics", said
    return said


with open("docs/monitoring.md", encoding="utf-8") as file:
    docs = file.read()
with open(log, encoding="utf-8") as file:
    address = re.search(r"figures at http://([0-9.:]+)/", file.read())[1]
configuration = re.search(r"```yaml\n(.*?)```", docs, re.S)[1]
target = re.search(r'targets: \["([^"]+)"\]', configuration)[1]
alarms = re.findall(r"^\| `([^`]+)`", docs.split("Worth an alarm")[1].split("\n## ")[0], re.M)
assert len(alarms) >= 4, alarms
rules = [{"alert": f"Alarm{i}", "expr": alarm.replace("\\|", "|")} for i, alarm in enumerate(alarms)]
with open(f"{folder}/rules.yml", "w", encoding="utf-8") as file:
    json.dump({"groups": [{"name": "docs", "rules": rules}]}, file)
with open(f"{folder}/prometheus.yml", "w", encoding="utf-8") as file:
    file.write("global: { scrape_interval: 1s }\n" + configuration.replace(target, address))
run("check", "config", f"{folder}/prometheus.yml")
run("check", "rules", f"{folder}/rules.yml")

# It reads the form before OpenMetrics, in which a counter's help has the counter's whole name; others are prom-client's own.
with open(figures, encoding="utf-8") as file:
    lint = run("check", "metrics", given=file.read()).splitlines()
unknown = [line for line in lint if not re.match(r"\S+_total no help text$|nodejs_active_\w+_total non-counter", line)]
assert unknown == [], unknown

server = subprocess.Popen(
    [
        f"{programs}/prometheus",
        f"--config.file={folder}/prometheus.yml",
        f"--storage.tsdb.path={folder}/tsdb",
        f"--web.listen-address=127.0.0.1:{PORT}",
        "--log.level=error",
    ]
)
try:
    for _ in range(120):
        time.sleep(0.25)
        try:
            words = urllib.parse.urlencode({"query": 'up{job="paperboy"} == 1 and on() paperboy_papers > 0'})
            with urllib.request.urlopen(f"http://127.0.0.1:{PORT}/api/v1/query?{words}", timeout=5) as answer:
                if json.load(answer)["data"]["result"]:
                    break
        except OSError:
            continue
    else:
        raise AssertionError("Prometheus did not read the figures within 30 s")
finally:
    server.terminate()
    server.wait()
print(f"Prometheus read the figures; promtool checked them, the docs' configuration and {len(rules)} alarms")
