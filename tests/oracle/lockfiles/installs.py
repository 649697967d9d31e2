"""Answers `agree` as a package manager of Node.js decides it, in the form of spell.cpp: by running its frozen install.

  installs.py pnpm|yarn|berry MODULES

No package is there to be had: a manager that goes on to fetching has found that lock and manifest agree. Exit status 77
where MODULES has no such manager.
"""
import concurrent.futures
import os
import shutil
import subprocess
import sys
import tempfile

CLOSED = "http://127.0.0.1:9/"
PROGRAMS = {"pnpm": "pnpm/bin/pnpm.cjs", "yarn": "yarn/bin/yarn.js", "berry": "@yarnpkg/cli-dist/bin/yarn.js"}
WORDS = {
    "pnpm": ["install", "--frozen-lockfile", "--lockfile-only", "--offline", "--ignore-scripts", "--config.registry=" + CLOSED],
    "yarn": ["install", "--frozen-lockfile", "--offline", "--ignore-scripts", "--non-interactive"],
    "berry": ["install", "--immutable", "--mode=skip-build"],
}
# What it prints when it has compared the two and goes on.
GOES_ON = {"pnpm": "Done in ", "yarn": "[2/4]", "berry": "Fetch step"}
# What it prints where it refuses. Anything else is no answer.
REFUSES = {"pnpm": ["ERR_PNPM_OUTDATED_LOCKFILE", "ERR_PNPM_LOCKFILE_CONFIG_MISMATCH", "ERR_PNPM_NO_LOCKFILE"],
           "yarn": ["Your lockfile needs to be updated", "Couldn't find any versions"],
           "berry": ["YN0028", "YN0080"]}


def environment(home):
    kept = {name: value for name, value in os.environ.items() if not name.upper().startswith(("NPM_", "YARN_", "PNPM_"))}
    return dict(kept, HOME=home, XDG_CACHE_HOME=home, XDG_CONFIG_HOME=home, XDG_DATA_HOME=home, CI="1", NO_COLOR="1",
                YARN_CACHE_FOLDER=home + "/yarn", YARN_ENABLE_TELEMETRY="0", YARN_NPM_REGISTRY_SERVER=CLOSED,
                YARN_ENABLE_GLOBAL_CACHE="0", YARN_UNSAFE_HTTP_WHITELIST="127.0.0.1", YARN_HTTP_RETRY="0", YARN_ENABLE_NETWORK="0")


def answer(manager, program, path, scratch):
    # A home for each, so that none finds the other's cache.
    home = tempfile.mkdtemp(dir=scratch)
    folder = os.path.join(home, "project")
    shutil.copytree(os.path.dirname(path), folder)
    done = subprocess.run(["node", program] + WORDS[manager], cwd=folder, env=environment(home), stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
    text = done.stdout.decode("utf-8", "replace")
    if GOES_ON[manager] in text:
        return "agrees"
    if any(words in text for words in REFUSES[manager]):
        return "differs"
    return "no answer: " + " ".join(text.split())[:600]


def main():
    manager, modules = sys.argv[1:3]
    program = os.path.abspath(os.path.join(modules, PROGRAMS[manager]))
    if not os.path.exists(program):
        sys.exit(77)
    paths = [line.rstrip("\n").split("\t")[1] for line in sys.stdin]
    with tempfile.TemporaryDirectory() as scratch, concurrent.futures.ThreadPoolExecutor(2) as pool:
        for text in pool.map(lambda path: answer(manager, program, path, scratch), paths):
            print(text)


if __name__ == "__main__":
    main()
