#!/usr/bin/env python3
"""Holds the configurations that gate takes next.config and vite.config to export against Node's.

  compare.py VALUES FOLDER

Every FOLDER/*.txt holds files behind `-- path --`. Node loads each with several values of the
variables that it names; what gate says is known must be equal, and of 100 values 75 must be known.
Exit status 77: Node is not installed.
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

# What stands in for packages: a plugin returns what it is given, as the real ones do but for keys
# that gate takes for unknown.
PACKAGES = {
    "next/constants.js": "exports.PHASE_DEVELOPMENT_SERVER = 'phase-development-server'; exports.PHASE_PRODUCTION_BUILD = 'phase-production-build';",
    "@next/bundle-analyzer/index.js": "module.exports = () => (config) => config;",
    "next-pwa/index.js": "module.exports = () => (config) => config;",
    "next-transpile-modules/index.js": "module.exports = () => (config) => config;",
    "@sentry/nextjs/index.js": "exports.withSentryConfig = (config) => config;",
    "vite/index.js": "exports.defineConfig = (x) => x; exports.loadEnv = () => ({...process.env});",
    "@vitejs/plugin-react/index.js": "module.exports = () => ({name: 'react'});",
}
VALUES = ["1", "true", "false", "", "a.example.org,b", "production"]


class Tally:
    def __init__(self):
        self.known = self.unknown = 0
        self.wrong = []

    def compare(self, label, truth, ours):
        if isinstance(ours, dict) and "?" in ours:
            self.unknown += 1
        elif isinstance(truth, dict) and "?" in truth:
            self.wrong.append("%s is %r, and Node has a function" % (label, ours))
        elif isinstance(truth, list) and isinstance(ours, list) and len(truth) == len(ours):
            for number, pair in enumerate(zip(truth, ours)):
                self.compare("%s[%d]" % (label, number), *pair)
        elif isinstance(truth, dict) and isinstance(ours, dict):
            for key in list(truth) + [k for k in ours if k not in truth]:
                if key == "*":
                    continue
                if key not in ours:
                    self.unknown += "*" in ours
                    if "*" not in ours:
                        self.wrong.append("%s.%s is missing, Node has %r" % (label, key, truth[key]))
                elif key in truth:
                    self.compare("%s.%s" % (label, key), truth[key], ours[key])
                elif ours[key] is not None and ours[key] != {"?": "unknown"}:
                    self.wrong.append("%s.%s is %r, Node has none" % (label, key, ours[key]))
        elif type(truth) is type(ours) and truth == ours or truth == ours and not isinstance(truth, bool) and not isinstance(ours, bool):
            self.known += 1
        else:
            self.wrong.append("%s is %r, Node has %r" % (label, ours, truth))


def read_sample(path):
    files, current = {}, None
    for line in open(path, encoding="utf-8").read().split("\n"):
        head = re.fullmatch(r"-- (\S+) --", line)
        if head:
            current = files.setdefault(head.group(1), [])
        elif current is not None:
            current.append(line)
    return {path: "\n".join(lines) + "\n" for path, lines in files.items()}


def main():
    values, folder, node = sys.argv[1], sys.argv[2], shutil.which("node")
    if node is None:
        print("skipped: Node is not installed")
        return 77
    load = os.path.join(os.path.dirname(os.path.abspath(__file__)), "load.mjs")
    tally = Tally()
    with tempfile.TemporaryDirectory() as top:
        for path, text in PACKAGES.items():
            place = os.path.join(top, "node_modules", path)
            os.makedirs(os.path.dirname(place), exist_ok=True)
            with open(place, "w", encoding="utf-8") as f:
                f.write(text)
        for name in sorted(os.listdir(folder)):
            for path, text in read_sample(os.path.join(folder, name)).items():
                place = os.path.join(top, name[:-4], path)
                os.makedirs(os.path.dirname(place), exist_ok=True)
                with open(place, "w", encoding="utf-8") as f:
                    f.write(text)
                variables = sorted(set(re.findall(r"env\.([A-Z][A-Z0-9_]*)", text)) - {"NODE_ENV"})
                for value in [None] + (VALUES if variables else []):
                    env = {} if value is None else {key: value for key in variables}
                    label = "%s %s with %s" % (name, path, value)
                    truth = subprocess.run([node, "--no-warnings", load, place], capture_output=True, text=True,
                                           env=dict(env, NODE_ENV="production", PATH=os.environ["PATH"]))
                    if truth.returncode != 0:
                        tally.wrong.append("%s: Node refuses it: %s" % (label, truth.stderr[-300:]))
                        continue
                    words = ["%s=%s" % pair for pair in env.items()]
                    ours = json.loads(subprocess.run([values, place, *words], capture_output=True, text=True, check=True).stdout)
                    if ours["problem"]:
                        tally.wrong.append("%s: %s" % (label, ours["problem"]))
                        continue
                    tally.compare(label, json.loads(truth.stdout), ours["value"])
    for line in tally.wrong[:40]:
        print(line)
    print("%d values known, %d unknown, %d wrong" % (tally.known, tally.unknown, len(tally.wrong)))
    return 1 if tally.wrong or tally.known < 3 * tally.unknown else 0


if __name__ == "__main__":
    sys.exit(main())
