"""every_report.py [OPTIONS OF GATE RUN]: judges the folder once with every report, and compares them.

Prints each fault with its place, and which reports have every fault exactly once at that place; of
the others, what they have too often or not at all. Exit status 0 where all agree.
"""
import collections
import json
import os
import re
import subprocess
import sys
import tempfile
import urllib.parse
import xml.etree.ElementTree

PLACE = re.compile(r"^(?P<path>[^\s:]+)(?::(?P<line>\d+))?(?::(?P<column>\d+))?$")
JUNIT_LINE = re.compile(r"^(?P<place>\S+): (?:error|warning|note): .*\((?P<code>[^()]+)\)$")


def place(text):
    found = PLACE.match(text)
    return (found["path"], int(found["line"] or 0), int(found["column"] or 0)) if found else None


def read_json(text):
    return [
        ((finding["path"], finding["line"] or 0, finding["column"] or 0), finding["code"])
        for outcome in json.loads(text)["outcomes"]
        for finding in outcome["findings"]
    ]


def read_junit(text):
    lines = [
        line
        for element in xml.etree.ElementTree.fromstring(text).iter()
        if element.tag in ("failure", "system-out", "skipped", "error")
        for line in (element.text or "").split("\n")
    ]
    return [(place(found["place"]), found["code"]) for found in map(JUNIT_LINE.match, lines) if found]


def read_github(text):
    faults = []
    for line in text.split("\n"):
        found = re.match(r"^::(?:error|warning|notice) (.*?)::(.*)$", line)
        if not found:
            continue
        values = dict(pair.split("=", 1) for pair in found[1].split(","))
        if "file" not in values:
            continue
        code = re.search(r"\(([^()]+)\)$", urllib.parse.unquote(found[2]).split("\n")[0])
        at = (urllib.parse.unquote(values["file"]), int(values.get("line", 0)), int(values.get("col", 0)))
        faults.append((at, code[1] if code else ""))
    return faults


def read_gitlab(text):
    # It has no columns, and calls the file as a whole its first line.
    return [
        (
            (issue["location"]["path"], issue["location"]["lines"]["begin"], 0),
            re.search(r"\(([^()]+)\)$", issue["description"])[1],
        )
        for issue in json.loads(text)
    ]


def read_markdown(text):
    faults = []
    for line in text.split("\n"):
        found = re.match(r"^- `([^`]+)`: .*?\(([^()]+)\)(?: — fix: .*)?$", line.replace("\\", ""))
        if found and place(found[1]):
            faults.append((place(found[1]), found[2].replace("\u2060", "")))
    return faults


def read_pretty(text):
    # The code may stand on another line; the place begins one.
    words = [re.match(r"^ {2}(\S+)(?:  .*)?$", line) for line in text.split("\n")]
    places = [place(found[1]) for found in words if found]
    return [(at, None) for at in places if at and os.path.exists(at[0])]


def read_sarif(text):
    faults = []
    for run in json.loads(text)["runs"]:
        for result in run["results"]:
            at = result["locations"][0]["physicalLocation"]
            region = at.get("region", {})
            code = re.search(r"\(([^()]+)\)$", result["message"]["text"])
            where = (at["artifactLocation"]["uri"], region.get("startLine", 0), region.get("startColumn", 0))
            faults.append((where, code[1] if code else ""))
    return faults


READERS = {
    "json": read_json,
    "junit": read_junit,
    "junit-strict": read_junit,
    "github": read_github,
    "gitlab": read_gitlab,
    "markdown": read_markdown,
    "pretty": read_pretty,
    "sarif": read_sarif,
}
# What a format cannot say of a fault is left out on both sides.
NO_COLUMN = {"gitlab"}
NO_CODE = {"pretty"}


def formats():
    wrong = subprocess.run(["gate", "run", "--report", "?"], capture_output=True, text=True, check=False)
    return re.findall(r"`([a-z-]+)`", wrong.stderr.split("help:")[1])


def seen(name, fault):
    (path, line, column), code = fault
    code = (code or "").replace("\\", "") if name == "markdown" else code
    if name in NO_COLUMN:
        line, column = line or 1, 0
    return ((path, line, column), None if name in NO_CODE else code)


def main():
    names = sorted(formats())
    with tempfile.TemporaryDirectory() as folder:
        files = {name: os.path.join(folder, name) for name in names}
        command = ["gate", "run", "--no-cache", *sys.argv[1:]]
        for name, file in files.items():
            command += ["--report", f"{name}={file}"]
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        texts = {}
        for name, file in files.items():
            with open(file, encoding="utf-8") as report:
                texts[name] = report.read()
    faults = read_json(texts["json"])
    for (path, line, column), code in faults:
        print(":".join([path] + [str(number) for number in (line, column) if number]), code)
    agreeing = []
    for name in names:
        if name not in READERS:
            print(f"{name}: nothing here reads it")
            continue
        wanted = collections.Counter(seen(name, fault) for fault in faults)
        found = collections.Counter(seen(name, fault) for fault in READERS[name](texts[name]))
        for fault, count in ((wanted - found) + (found - wanted)).items():
            print(f"{name}: {found[fault]} times, not {wanted[fault]}: {fault}")
        if wanted == found:
            agreeing.append(name)
    print("each once in", ", ".join(agreeing))
    return 0 if agreeing == names else 1


if __name__ == "__main__":
    sys.exit(main())
