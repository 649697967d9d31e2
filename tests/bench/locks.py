#!/usr/bin/env python3
"""locks.py FOLDER: makes what `bench lockfiles` measures on, the same on every machine.

FOLDER/npm is a project with a package-lock.json of 2,600 packages in sync, FOLDER/composer one with a composer.lock of
250, FOLDER/osv.jsonl 10,000 advisories, some of them about packages of the first.
"""
import base64
import hashlib
import json
import os
import random
import subprocess
import sys

PACKAGES = 2600
COMPOSER_PACKAGES = 250
ADVISORIES = 10000


def write(path, content):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(content if isinstance(content, str) else json.dumps(content, indent=2) + "\n")


def npm(folder, choose):
    names = ["%s%04d" % (choose.choice(["lib-", "@scope/lib-", "util.", "core_"]), number) for number in range(PACKAGES)]
    versions = ["%d.%d.%d" % (choose.randint(1, 9), choose.randint(0, 20), choose.randint(0, 20)) for _ in names]
    direct = 60
    root = {"name": "shop", "version": "1.0.0", "private": True,
            "dependencies": {names[number]: "^" + versions[number] for number in range(direct)}}
    packages = {"": root}
    for number, (name, version) in enumerate(zip(names, versions)):
        # A tree in which each is asked for by one, so that none is left over, and some by more.
        asked = {child for child in range(direct + number * 3, direct + number * 3 + 3) if child < PACKAGES}
        if number + 1 < PACKAGES and choose.random() < 0.5:
            asked.add(choose.randrange(number + 1, PACKAGES))
        entry = {
            "version": version,
            "resolved": "https://npm.example.org/%s/-/%s-%s.tgz" % (name, name.split("/")[-1], version),
            "integrity": "sha512-" + base64.b64encode(hashlib.sha512(name.encode()).digest()).decode(),
            "license": choose.choice(["MIT", "ISC", "Apache-2.0", "BSD-3-Clause"]),
            "engines": {"node": ">=14"},
        }
        if asked:
            entry["dependencies"] = {names[other]: "^" + versions[other] for other in sorted(asked)}
        packages["node_modules/" + name] = entry
    lock = {"name": "shop", "version": "1.0.0", "lockfileVersion": 3, "requires": True, "packages": dict(sorted(packages.items()))}
    write(os.path.join(folder, "package.json"), root)
    write(os.path.join(folder, "package-lock.json"), lock)
    return names, versions


def composer(folder, choose):
    manifest = {"name": "acme/shop", "description": "a shop", "type": "project", "license": "proprietary",
                "require": {"php": ">=7.4"}}
    packages = []
    for number in range(COMPOSER_PACKAGES):
        name, version = "acme/lib-%03d" % number, "%d.%d.%d" % (choose.randint(1, 9), choose.randint(0, 20), choose.randint(0, 20))
        reference = hashlib.sha1(name.encode()).hexdigest()
        if number % 5 == 0:
            manifest["require"][name] = "^" + version
        packages.append({
            "name": name, "version": "v" + version,
            "source": {"type": "git", "url": "https://git.example.org/%s.git" % name, "reference": reference},
            "dist": {"type": "zip", "url": "https://dist.example.org/%s/%s.zip" % (name, reference), "reference": reference, "shasum": ""},
            "require": {"php": ">=7.4"}, "type": "library", "autoload": {"psr-4": {"Acme\\Lib%03d\\" % number: "src/"}},
            "license": ["MIT"], "description": "a library", "time": "2024-01-%02dT12:00:00+00:00" % (number % 28 + 1)})
    write(os.path.join(folder, "composer.json"), manifest)
    script = ("require 'Composer/autoload.php'; echo Composer\\Package\\Locker::getContentHash(file_get_contents($argv[1]));")
    digest = subprocess.run(["php", "-d", "include_path=.:/usr/share/php", "-r", script, os.path.join(folder, "composer.json")],
                            stdout=subprocess.PIPE, check=True).stdout.decode()
    write(os.path.join(folder, "composer.lock"), {
        "content-hash": digest, "packages": packages, "packages-dev": [], "aliases": [], "minimum-stability": "stable",
        "stability-flags": [], "prefer-stable": False, "prefer-lowest": False, "platform": {"php": ">=7.4"}, "platform-dev": []})


def advisories(path, choose, names):
    with open(path, "w", encoding="utf-8") as file:
        for number in range(ADVISORIES):
            hits = number % 20 == 0
            name = choose.choice(names) if hits else "elsewhere-%05d" % number
            record = {"id": "BENCH-%05d" % number, "modified": "2026-01-01T00:00:00Z", "summary": "text " * 20,
                      "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H"}],
                      "affected": [{"package": {"ecosystem": "npm", "name": name}, "ranges": [
                          {"type": "SEMVER", "events": [{"introduced": "0"}, {"fixed": "%d.0.0" % choose.randint(1, 9)}]}]}]}
            file.write(json.dumps(record) + "\n")


def commit(folder):
    environment = dict(os.environ, GIT_CONFIG_NOSYSTEM="1", GIT_CONFIG_GLOBAL="/dev/null", GIT_AUTHOR_NAME="bench",
                       GIT_AUTHOR_EMAIL="bench@example.org", GIT_COMMITTER_NAME="bench", GIT_COMMITTER_EMAIL="bench@example.org",
                       GIT_AUTHOR_DATE="2026-01-01T00:00:00Z", GIT_COMMITTER_DATE="2026-01-01T00:00:00Z")
    for command in (["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-q", "-m", "lock"]):
        subprocess.run(["git"] + command, cwd=folder, env=environment, check=True)


def main():
    folder = os.path.abspath(sys.argv[1])
    choose = random.Random(2026)
    names, _ = npm(os.path.join(folder, "npm"), choose)
    composer(os.path.join(folder, "composer"), choose)
    advisories(os.path.join(folder, "osv.jsonl"), choose, names)
    commit(os.path.join(folder, "npm"))
    commit(os.path.join(folder, "composer"))


if __name__ == "__main__":
    main()
