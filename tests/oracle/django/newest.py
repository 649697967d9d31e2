#!/usr/bin/env python3
"""Holds the rules of the pack django against what Django's newest release asserts of its deploy checks.

  newest.py GATE CASES

Debian has an older Django, so that these verdicts are written down: each line of CASES names the
ids that are asked, those that fire, and the settings. No other id of those may fire, and none may
stay undecided.
"""
import json
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

FILES = {
    "manage.py": "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'settings')\n",
    "requirements.txt": "Django==6.0\n",
    ".env.production": "",
    "gate.toml": "[gate]\nversion = 1\n[environment.production]\nfiles = [\".env.production\"]\n",
}


def judge(gate, place, line):
    """What is wrong with gate's verdicts, or None."""
    asked, fires, settings = (part.strip() for part in line.split(" | "))
    asked, fires = set(asked.split()), set(fires.split()) - {"-"}
    os.makedirs(place)
    for path, text in dict(FILES, **{"settings.py": settings.replace("; ", "\n") + "\n"}).items():
        with open(os.path.join(place, path), "w", encoding="utf-8") as f:
            f.write(text)
    report = os.path.join(place, "report.json")
    subprocess.run([gate, "run", "--pack", "django", "--report", "json=" + report, place], capture_output=True, cwd=place)
    with open(report, encoding="utf-8") as f:
        outcomes = json.load(f)["outcomes"]
    failed, stuck = set(), []
    for outcome in outcomes:
        mine = asked & {a.rsplit(".", 1)[1] for a in outcome["aliases"] if a.startswith("django:security.")}
        if outcome["verdict"] == "failed":
            failed |= mine & fires or mine
        elif mine and outcome["verdict"] == "could_not_run":
            stuck.append(outcome["reason"])
    return None if failed == fires and not stuck else "%s: fires %s, undecided %s" % (line, sorted(failed), stuck)


def main():
    gate = os.path.abspath(sys.argv[1])
    with open(sys.argv[2], encoding="utf-8") as f:
        lines = [line.rstrip("\n") for line in f if " | " in line and not line.startswith("#")]
    with tempfile.TemporaryDirectory() as top:
        with ThreadPoolExecutor(2) as pool:
            jobs = [pool.submit(judge, gate, os.path.join(top, str(n)), line) for n, line in enumerate(lines)]
        wrong = [job.result() for job in jobs if job.result()]
    for line in wrong:
        print(line)
    print("%d settings judged as Django does, %d not" % (len(lines) - len(wrong), len(wrong)))
    return 1 if wrong or not lines else 0


if __name__ == "__main__":
    sys.exit(main())
