#!/usr/bin/env python3
"""Holds our orders of versions, our ranges and our verdicts on lockfiles against the programs that they are of.

  compare.py SPELL READER [--modules FOLDER] [--count N]

READER: npm-versions, composer-versions, pypi-versions, rubygems-versions, maven-versions; or a program and `-lock`: composer, npm, poetry,
pipenv, pdm, pnpm, yarn, berry. Exit status 77 where the program is not there. Where ours says `unknown`, it must be what the program refuses.
"""
import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
import node_projects  # noqa: E402
import python_projects  # noqa: E402
import questions  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))


def ask(command, lines):
    done = subprocess.run(command, input="".join("\t".join(line) + "\n" for line in lines).encode(), stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE)
    if done.returncode == 77:
        return None
    if done.returncode != 0:
        sys.exit("%s failed: %s" % (command[0], done.stderr.decode("utf-8", "replace")[-2000:]))
    return done.stdout.decode().split("\n")[:-1]


def commands(reader, modules):
    php = ["php", "-d", "include_path=.:/usr/share/php", HERE + "/read.php"]
    pythons = (sys.executable, "/usr/bin/python3")
    return {
        "npm-versions": [["node", HERE + "/read.cjs", modules or ""]],
        "composer-versions": [php],
        "pypi-versions": [[python, HERE + "/read.py"] for python in pythons],
        "rubygems-versions": [["ruby", HERE + "/read.rb"]],
        "maven-versions": [[sys.executable, HERE + "/read_maven.py"]],
        "composer-lock": [php],
        "npm-lock": [["node", HERE + "/npm.cjs"]],
        "poetry-lock": [[python, HERE + "/read_poetry.py"] for python in pythons],
        "pdm-lock": [[python, HERE + "/read_pdm.py"] for python in pythons],
        "pipenv-lock": [[python, HERE + "/read_pipenv.py"] for python in pythons],
        "pnpm-lock": [[sys.executable, HERE + "/installs.py", "pnpm", modules or ""]],
        "yarn-lock": [[sys.executable, HERE + "/installs.py", "yarn", modules or ""]],
        "berry-lock": [[sys.executable, HERE + "/installs.py", "berry", modules or ""]],
    }[reader]


def theirs(reader, modules, lines):
    for command in commands(reader, modules):
        answers = ask(command, lines) if shutil.which(command[0]) else None
        if answers is not None:
            return answers
    print("skipped: %s is not installed" % reader.split("-")[0])
    sys.exit(77)


def put_right_hashes(files):
    """Gives every second lock the hash that Composer would write."""
    script = ("require 'Composer/autoload.php'; foreach (file('php://stdin', FILE_IGNORE_NEW_LINES) as $f) "
              "echo Composer\\Package\\Locker::getContentHash(file_get_contents(dirname($f).'/composer.json')), \"\\n\";")
    done = subprocess.run(["php", "-d", "include_path=.:/usr/share/php", "-r", script], input="\n".join(files[::2]).encode(),
                          stdout=subprocess.PIPE, check=True)
    for path, digest in zip(files[::2], done.stdout.decode().split()):
        with open(path, encoding="utf-8") as file:
            lock = json.load(file)
        lock["content-hash"] = digest
        with open(path, "w", encoding="utf-8") as file:
            json.dump(lock, file)


def lock_lines(given, folder):
    """The questions about locks: where they lie."""
    manager = given.reader.split("-")[0]
    if manager in node_projects.LOCKS:
        files = node_projects.projects(manager, folder)
    elif manager in python_projects.KINDS:
        files = python_projects.projects(
            manager, folder, given.count or 60,
            lambda manifests: theirs(given.reader, given.modules, [("hash", path) for path in manifests]))
    elif manager == "composer":
        files = questions.composer_projects(folder, given.count or 500)
        theirs(given.reader, given.modules, [("agree", files[0])])
        put_right_hashes(files)
    else:
        files = questions.npm_projects(folder, given.count or 150)
    return [("agree", path) for path in files]


def shown(line):
    """What is shown of a question where the answers differ: a lock by its manifest."""
    if line[0] != "agree":
        return line[2:]
    folder = os.path.dirname(line[1])
    manifest = [name for name in os.listdir(folder) if "lock" not in name][0]
    with open(os.path.join(folder, manifest), encoding="utf-8") as file:
        return file.read()


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("spell")
    arguments.add_argument("reader")
    arguments.add_argument("--modules")
    arguments.add_argument("--count", type=int)
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if given.reader.endswith("-versions"):
            lines = questions.versions(given.reader.split("-")[0], given.count or questions.COUNTS.get(given.reader, 20000))
        else:
            lines = lock_lines(given, folder)
        wanted = theirs(given.reader, given.modules, lines)
        got = ask([given.spell], lines)
        wrong = compared = 0
        tally = {}
        for line, want, have in zip(lines, wanted, got):
            if want == "unknown" and line[0] == "compare":
                continue  # what a program refuses has no place in its order
            compared += 1
            kind = want.split(":")[0]
            tally[kind] = tally.get(kind, 0) + 1
            if want == have:
                continue
            wrong += 1
            if wrong <= 15:
                print("%s %s\n  theirs %s, ours %s" % (line[0], shown(line), want, have))
        print("%d questions compared with %s, %d differ (%s)" % (compared, given.reader, wrong, tally))
        # A judge that always says the same judges nothing.
        sys.exit(1 if wrong or len(tally) < 2 or len(got) != len(lines) else 0)


if __name__ == "__main__":
    main()
