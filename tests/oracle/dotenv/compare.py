#!/usr/bin/env python3
"""Holds our readers of environment files against the programs that read them.

  compare.py SPELL READER [--modules FOLDER] [--count N]

Files are put together from pieces that have made a difference between readers, always the same ones, one difference at a time
(enumerated.py) and at random. Both read each of them: the same keys with the same values, or both refuse it. Exit status 77 where the program is not there.
"""
import argparse
import base64
import json
import os
import random
import shutil
import struct
import subprocess
import sys
import tempfile

import enumerated

HERE = os.path.dirname(os.path.abspath(__file__))

NAMES = ["A", "B", "C", "KEY_1", "foo", "export A", "export  LONGER", "export\tT_B", "A.B", "A-B", "1A", "'Q'", '"Q"', "A B",
         "N\u00c4ME", "", "export", "  A", "\tB", "\ufeffA", "A[0]"]
SIGNS = ["=", "=", "=", "=", " = ", "= ", " =", "\t=\t", "=  ", ": ", ":", "", "=="]
PIECES = ["1", "x", "a b", "a\\tb", "a\\\\b", "\\$A", "\\n", "\\r", "\\\"", "\\'", "it's", "#c", " # c", " #", "#", "$A", "${A}", "${B}",
          "${NOPE}", "$NOPE", "${NOPE:-d}", "${NOPE-d}", "${A:-d}", "${NOPE:-${A}}", "${A", "$", "$$", "$$A", "{$A}", "${}", "a=b",
          "\u00e4\u20ac", "\u00a0", ",", ";", "&y=2", "`x`", "!", "*", "~", "%d", "[1]", "{\"x\":1}", "http://h/?q=1", "\\", "\\a", "\\u00e9",
          "(true)", "null", "\x0b", "\x0c", "\x1d", "\u2028", "\x85"]
QUOTES = ["", "", "", '"', '"', "'", "'", "`"]
ENDS = ["\n", "\n", "\n", "\n", "\r\n", "\r", "\n\n", "  \n", " # end\n", "\t\n", "#\n", " trailing\n"]


def texts(count, reader):
    choose = random.Random(2026)
    # A shell takes most odd names and signs for commands; phpdotenv knows letters beyond ASCII in names since 5.5.
    names = {"bash": NAMES[:8], "phpdotenv": [name for name in NAMES if name.isascii()]}.get(reader, NAMES)
    signs = ["="] if reader == "bash" else SIGNS
    # To an expression of JavaScript U+2028 ends a line; ours does not follow it there.
    pieces = [piece for piece in PIECES if piece != "\u2028" or reader not in ("node", "node-expand", "next")]
    out = []
    for _ in range(count):
        text = "\ufeff" if choose.random() < 0.02 else ""
        for _ in range(choose.randint(1, 5)):
            if choose.random() < 0.08:
                text += choose.choice(["# comment\n", "\n", "  # c\n", "A\n", "export A\n", "'\n", '"\n', "=\n", "plain words\n"])
                continue
            value = "".join(choose.choice(pieces) for _ in range(choose.randint(0, 3)))
            quote = choose.choice(QUOTES)
            if quote and choose.random() < 0.1:
                value += "\n" + choose.choice(pieces)
            close = quote if choose.random() < 0.95 else ""
            text += choose.choice(names) + choose.choice(signs) + quote + value + close + choose.choice(ENDS)
        if choose.random() < 0.2:
            text = text.rstrip("\n")
        out.append(text.encode())
    # phpdotenv 5.4 has no letters beyond ASCII in names; to Node U+2028 ends a line, as above.
    named = [text for text in enumerated.texts()
             if not (reader == "phpdotenv" and any(name in text for name in (b"\xc3\x84B", b"A\xc3\x84", b"\xd0", b"\xc3\x85", b"\n\xe6")))
             and not (reader in ("node", "node-expand", "next") and b"\xe2\x80\xa8" in text)]
    out += named
    out += [b"A=\xff\n", b"\xff=1\nB=2\n", b"A=1\x00\n", b""]
    return out


def ours(spell, reader, inputs):
    frames = b"".join(struct.pack("<I", len(text)) + text for text in inputs)
    done = subprocess.run([spell, reader], input=frames, stdout=subprocess.PIPE, check=True)
    return [json.loads(line) for line in done.stdout.decode("utf-8", "replace").split("\n") if line]


def theirs(reader, modules, inputs):
    if reader == "bash":
        return bash(inputs)
    given = json.dumps([base64.b64encode(text).decode() for text in inputs]).encode()
    if reader == "phpdotenv":
        commands = [["php", "-d", "include_path=.:/usr/share/php", HERE + "/read.php"]]
    elif reader in ("node", "node-expand", "next"):
        commands = [["node", HERE + "/read.cjs", reader, modules or ""]]
    else:
        commands = [[python, HERE + "/read.py", reader] for python in (sys.executable, "/usr/bin/python3")]
    for command in commands:
        if shutil.which(command[0]) is None:
            continue
        done = subprocess.run(command, input=given, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        if done.returncode == 0:
            return [json.loads(line) for line in done.stdout.decode("utf-8", "replace").split("\n") if line]
        if done.returncode != 77:
            sys.exit("%s failed: %s" % (command[0], done.stderr.decode("utf-8", "replace")))
    print("skipped: the reader %s is not installed" % reader)
    sys.exit(77)


def bash(inputs):
    if shutil.which("bash") is None:
        print("skipped: bash is missing")
        sys.exit(77)
    out = []
    with tempfile.TemporaryDirectory() as folder:
        for text in inputs:
            with open(os.path.join(folder, "env"), "wb") as file:
                file.write(text)
            done = subprocess.run(["bash", "--norc", "-c", "set -a; . ./env > /dev/null; set +a; env -0"], cwd=folder, env={"PATH": "/usr/bin:/bin"},
                                  stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
            pairs = [pair.split(b"=", 1) for pair in done.stdout.split(b"\0") if b"=" in pair]
            values = {key.decode("utf-8", "replace"): value.decode("utf-8", "replace") for key, value in pairs}
            for own in ("PATH", "PWD", "SHLVL", "_", "OLDPWD"):
                values.pop(own, None)
            out.append({"values": values})
    return out


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("spell")
    arguments.add_argument("reader")
    arguments.add_argument("--modules")
    arguments.add_argument("--count", type=int, default=2000)
    given = arguments.parse_args()
    theirs(given.reader, given.modules, [])  # is it there at all
    inputs = texts(given.count, given.reader)
    found = ours(given.spell, given.reader, inputs)
    # Next.js follows a circle until its memory ends, which may take minutes.
    inputs = [text for text, got in zip(inputs, found) if not (given.reader == "next" and got.get("circular"))]
    found = ours(given.spell, given.reader, inputs)
    wanted = theirs(given.reader, given.modules, inputs)
    wrong = compared = 0
    for text, want, got in zip(inputs, wanted, found):
        # Of shell code only what our reader says to have understood.
        if given.reader == "bash" and not got.get("sure"):
            continue
        compared += 1
        if want.get("values") == got.get("values"):
            continue
        wrong += 1
        if wrong <= 10:
            print("%r\n  the reader: %s\n  ours:       %s" % (text, want.get("values"), got.get("values")))
    print("%d files compared with %s, %d differ" % (compared, given.reader, wrong))
    sys.exit(1 if wrong or compared < len(inputs) // 10 else 0)


if __name__ == "__main__":
    main()
