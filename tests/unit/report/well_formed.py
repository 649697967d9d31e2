"""Reads the reports that test_report has written, with parsers that are not ours."""

import json
import pathlib
import re
import sys
import xml.dom.minidom

COUNTS = {"failures": "failure", "errors": "error", "skipped": "skipped"}


def check_junit(path):
    root = xml.dom.minidom.parse(str(path)).documentElement
    assert root.tagName == "testsuites"
    suites = root.getElementsByTagName("testsuite")
    assert suites.length >= 1, "no suite"
    names = set()
    for element in list(suites) + [root]:
        if not element.hasAttribute("tests"):
            continue
        cases = element.getElementsByTagName("testcase")
        assert int(element.getAttribute("tests")) == cases.length
        for attribute, tag in COUNTS.items():
            found = element.getElementsByTagName(tag).length
            assert int(element.getAttribute(attribute)) == found, (attribute, found)
        total = sum(round(float(case.getAttribute("time")) * 1000) for case in cases)
        assert round(float(element.getAttribute("time")) * 1000) == total
    for case in root.getElementsByTagName("testcase"):
        name = (case.getAttribute("classname"), case.getAttribute("name"))
        assert name not in names, name
        names.add(name)


def check_gitlab(path):
    fingerprints = set()
    for issue in json.loads(path.read_text(encoding="utf-8")):
        assert issue["description"] and issue["check_name"]
        assert issue["severity"] in ("info", "minor", "major", "critical", "blocker")
        place = issue["location"]
        assert place["path"] and not place["path"].startswith(("/", "./", "../"))
        assert place["lines"]["begin"] >= 1
        assert issue["fingerprint"] not in fingerprints
        fingerprints.add(issue["fingerprint"])


def check_json(path):
    report = json.loads(path.read_text(encoding="utf-8"))
    assert report["schema"] == "gate-report/1"
    summary = report["summary"]
    for verdict in ("passed", "failed", "pending", "not_applicable", "could_not_run"):
        found = [each for each in report["outcomes"] if each["verdict"] == verdict]
        assert summary[verdict] == len(found), verdict
    findings = [each for outcome in report["outcomes"] for each in outcome["findings"]]
    assert summary["suppressed"] == sum(each["suppressed"] is not None for each in findings)
    assert summary["findings"] + summary["suppressed"] == len(findings)


def check_text(path):
    text = path.read_bytes().decode("utf-8")
    assert not any(ord(c) < 32 and c != "\n" or 127 <= ord(c) < 160 for c in text)
    for line in text.split("\n"):
        assert "##[" not in line, line


def check_pretty(path):
    check_text(path)
    for line in path.read_text(encoding="utf-8").split("\n"):
        assert not line.strip().startswith("::"), line


def check_markdown(path):
    check_text(path)
    text = path.read_text(encoding="utf-8")
    assert len(text) < 65536, len(text)
    for line in text.split("\n"):
        outside = re.sub(r"(`+) ?.*?[^`]\1(?!`)", "", line)
        assert not re.search(r"(?<!\\)[<>]", outside), line
        assert not re.search(r"@[A-Za-z0-9]", outside), line
        if line.startswith("|"):
            assert len(re.findall(r"(?<!\\)\|", line)) == 6, line


CHECKS = {
    "junit": check_junit,
    "junit-strict": check_junit,
    "gitlab": check_gitlab,
    "json": check_json,
    "github": lambda path: None,
    "pretty": check_pretty,
    "markdown": check_markdown,
}

paths = sorted(pathlib.Path(sys.argv[1]).iterdir())
assert paths, "nothing was written"
for written in paths:
    CHECKS[written.suffix[1:]](written)
    print("read", written.name)
