"""Makes the questions of compare.py: versions, ranges and projects put together from pieces that have made a difference
between implementations, always the same ones."""
import copy
import hashlib
import json
import os
import random

NUMBERS = ["0", "1", "2", "3", "9", "10", "11", "2024", "01"]


def dotted(choose, most):
    return ".".join(choose.choice(NUMBERS[:8]) for _ in range(choose.randint(1, most)))


def npm_version(choose, whole=True):
    text = ".".join(choose.choice(["0", "1", "2", "3", "10"]) for _ in range(3 if whole else choose.randint(1, 3)))
    if text.count(".") == 2 and choose.random() < 0.35:
        text += "-" + choose.choice(["0", "1", "alpha", "alpha.1", "alpha.beta", "beta.2", "beta.11", "rc.1", "rc1", "x-y", "1.a", "next.0"])
    if text.count(".") == 2 and choose.random() < 0.1:
        text += "+" + choose.choice(["build", "1.2", "sha-1"])
    return text


def npm_range(choose):
    def simple():
        form = choose.random()
        partial = npm_version(choose, choose.random() < 0.6)
        if form < 0.1:
            return choose.choice(["*", "x", "X", "1.x", "1.2.*", "2.X", "0.x.x", ""])
        if form < 0.75:
            return choose.choice(["^", "~", "~>", "", "=", ">", ">=", "<", "<=", "v", ">= ", "^ ", "~ ", "=v", ">=v"]) + partial
        return partial + " - " + npm_version(choose, choose.random() < 0.6)

    return choose.choice([" || ", "||", " ||"]).join(
        " ".join(simple() for _ in range(choose.choice([1, 1, 1, 2]))) for _ in range(choose.choice([1, 1, 2, 3])))


def composer_version(choose):
    if choose.random() < 0.08:
        return choose.choice(["dev-main", "dev-feature/x", "1.x-dev", "2.1.x-dev", "v3.x-dev", "1.0.x-dev"])
    text = choose.choice(["", "", "v"]) + dotted(choose, 4)
    if choose.random() < 0.35:
        text += choose.choice(["-", "", "."]) + choose.choice(["alpha", "beta", "RC", "a", "b", "rc", "patch", "p", "pl", "stable"]) + choose.choice(["", "1", "2", ".3", "10"])
    if choose.random() < 0.05:
        text += "-dev"
    return text


def composer_range(choose):
    def simple():
        form = choose.random()
        version = composer_version(choose)
        if form < 0.1:
            return choose.choice(["*", "1.*", "1.2.*", "2.x", "v1.*", "0.*"])
        if form < 0.85:
            return choose.choice(["^", "~", "", "=", "==", ">", ">=", "<", "<=", "!=", "<>", ">= ", "^v"]) + version + choose.choice(["", "", "", "", "@dev", "@beta", "@stable"])
        return version + " - " + composer_version(choose)

    return choose.choice([" || ", "||", " | ", "|"]).join(
        choose.choice([" ", ",", ", "]).join(simple() for _ in range(choose.choice([1, 1, 1, 2]))) for _ in range(choose.choice([1, 1, 2])))


def python_version(choose):
    text = choose.choice(["", "", "", "", "1!", "v"]) + dotted(choose, 4)
    if choose.random() < 0.3:
        text += choose.choice(["", ".", "-", "_"]) + choose.choice(["a", "b", "rc", "alpha", "beta", "c", "pre", "preview", "RC"]) + choose.choice(["", "1", ".2", "-3", "0"])
    if choose.random() < 0.2:
        text += choose.choice([".post1", "-1", ".post", "-r2", "post3", ".rev1"])
    if choose.random() < 0.15:
        text += choose.choice([".dev1", "dev", "-dev2", "_dev_3"])
    if choose.random() < 0.12:
        text += choose.choice(["+local", "+1", "+abc.5", "+ubuntu-1", "+1.abc"])
    return text


def python_range(choose):
    def simple():
        operator = choose.choice(["==", "!=", ">=", "<=", ">", "<", "~=", "==="])
        version = python_version(choose)
        if operator in ("==", "!=") and choose.random() < 0.35:
            return operator + dotted(choose, 3) + ".*"
        if operator == "~=":  # packaging takes an odd spelling of a suffix for a part of the release
            version = dotted(choose, 4) + choose.choice(["", "", "rc1", "a2", ".post1", ".dev3"])
        return operator + choose.choice(["", " "]) + version

    return choose.choice([",", ", "]).join(simple() for _ in range(choose.choice([1, 1, 2])))


def gem_version(choose):
    text = dotted(choose, 4)
    if choose.random() < 0.35:
        text += choose.choice([".", "", "-"]) + choose.choice(["a", "b1", "rc", "rc1", "pre", "pre.2", "beta.10", "alpha"])
    return text


def gem_range(choose):
    return ", ".join(choose.choice(["~> ", "~>", ">= ", "<= ", "> ", "< ", "= ", "!= ", ""]) + gem_version(choose)
                     for _ in range(choose.choice([1, 1, 2])))


def maven_version(choose):
    text = dotted(choose, 4)
    for _ in range(choose.choice([0, 0, 1, 1, 2])):
        text += choose.choice(["-", ".", ""]) + choose.choice(
            ["alpha", "beta", "milestone", "rc", "cr", "snapshot", "SNAPSHOT", "ga", "Final", "RELEASE", "sp", "a", "b", "m", "x", "jre8", "android", "0", "1", ""])
        text += choose.choice(["", "", "1", "2", "-1", ".0", "10"])
    return text


MAKERS = {"npm": (npm_version, npm_range), "composer": (composer_version, composer_range), "pypi": (python_version, python_range),
          "rubygems": (gem_version, gem_range), "maven": (maven_version, None)}
# The arguments of one program.
COUNTS = {"maven-versions": 4000}


def versions(ecosystem, count):
    choose = random.Random(2026)
    version, span = MAKERS[ecosystem]
    out = []
    for number in range(count):
        if number % 2 and span:
            # packaging before 24 loses the epoch of a version that it compares with a prefix.
            out.append(("range", ecosystem, version(choose).replace("1!", ""), span(choose).replace("1!", "")))
        else:
            a = version(choose)
            b = a + choose.choice(["", ".0", "-1", "a"]) if choose.random() < 0.1 and ecosystem != "npm" else version(choose)
            out.append(("compare", ecosystem, a, b))
    return out


VALUES = [1, 0, -1, 1.0, 1e3, 1e-7, 0.1, 1e17, 1e16, -2.5e-10, 12345678901234567890, True, False, None, "", "a/b", "\u00e9\u20ac",
          "\U0001f600", "\u2028", "x\"y\\z", "a\tb\x7f\x01", "</script>", [], {}, [1, {"a": []}], {"0": "a", "1": "b"}, {"1": "a"}, {"": 1}, {"b": 1, "a": 2}]


def composer_projects(folder, count):
    """Projects of Composer: a composer.json of odd values and a lock whose hash is right, or of another manifest. What is
    right only Composer knows: the first half of the locks gets hashes that it is asked for in `fill`."""
    choose = random.Random(2026)
    keys = ["name", "version", "conflict", "replace", "provide", "minimum-stability", "prefer-stable", "repositories", "extra", "config",
            "description", "autoload", "type"]
    files = []
    for number in range(count):
        manifest = {}
        for key in choose.sample(keys, choose.randint(0, 6)):
            manifest[key] = copy.deepcopy(choose.choice(VALUES))
        if choose.random() < 0.4:
            manifest["config"] = choose.choice([{"platform": {"php": "8.1.0"}}, {"platform": {}}, {"platform": None}, {"sort-packages": True}])
        if choose.random() < 0.5:
            manifest["extra"] = {"k%d" % n: copy.deepcopy(choose.choice(VALUES)) for n in range(choose.randint(0, 4))}
        place = os.path.join(folder, str(number))
        os.makedirs(place)
        text = json.dumps(manifest, ensure_ascii=choose.random() < 0.5, indent=choose.choice([None, 2, 4]))
        with open(os.path.join(place, "composer.json"), "w", encoding="utf-8") as file:
            file.write(text)
        files.append(os.path.join(place, "composer.lock"))
        with open(files[-1], "w", encoding="utf-8") as file:
            json.dump({"content-hash": hashlib.md5(text.encode()).hexdigest(), "packages": [], "packages-dev": []}, file)
    return files


def npm_projects(folder, count):
    """Projects of npm: a sound one, changed once or twice as people and tools change them."""
    choose = random.Random(2026)
    files = []
    for number in range(count):
        manifest = {"name": "t", "version": "1.0.0", "dependencies": {"a": "^1.0.0", "c": "~2.1.0"}, "devDependencies": {"b": ">=1 <3"},
                    "optionalDependencies": {"o": "1.x"}}
        locked = {"a": ("1.2.3", {"dependencies": {"b": "^2.0.0"}}), "b": ("2.0.1", {"peerDependencies": {"a": "1"}}),
                  "c": ("2.1.9", {"dependencies": {"d": "*"}}), "d": ("1.0.0-rc.1", {}), "o": ("1.9.0", {"optional": True})}
        packages = {"": copy.deepcopy(manifest)}
        for name, (version, more) in locked.items():
            packages["node_modules/" + name] = dict(
                {"version": version, "resolved": "https://npm.example.org/%s/-/%s-%s.tgz" % (name, name, version)}, **copy.deepcopy(more))
        for _ in range(choose.choice([0, 1, 1, 2])):
            change(choose, manifest, packages)
        place = os.path.join(folder, str(number))
        os.makedirs(place)
        for path, content in (("package.json", manifest), ("package-lock.json", {
                "name": "t", "version": "1.0.0", "lockfileVersion": 3, "requires": True, "packages": packages})):
            with open(os.path.join(place, path), "w", encoding="utf-8") as file:
                json.dump(content, file, indent=2)
        files.append(os.path.join(place, "package-lock.json"))
    return files


def change(choose, manifest, packages):
    sections = ["dependencies", "devDependencies", "optionalDependencies", "peerDependencies"]
    section = manifest.setdefault(choose.choice(sections), {})
    what = choose.randint(0, 9)
    if what == 0:
        section[choose.choice(["a", "b", "c", "d", "o"])] = choose.choice(
            ["^1.0.0", "^2", "2.x", ">=1", "<1", "*", "", "1.2.3", "~2.1.5", "latest", "1 - 2", "^1.5 || ^2.0.1", "npm:d@*", "npm:a@^1"])
    elif what == 1:
        section["n%d" % choose.randint(0, 2)] = choose.choice(["^1.0.0", "*", "latest"])
    elif what == 2 and section:
        section.pop(choose.choice(sorted(section)))
    elif what == 3:
        packages.pop(choose.choice(["node_modules/a", "node_modules/d", "node_modules/b", "node_modules/o"]), None)
    elif what == 4:
        entry = packages.get(choose.choice(["node_modules/a", "node_modules/b", "node_modules/c"]))
        if entry:
            entry["version"] = choose.choice(["1.9.9", "2.1.0", "3.0.0", "2.0.0-beta.1", "2.1.0-rc.1"])
    elif what == 5:
        entry = packages.get("node_modules/c")
        if entry:
            entry[choose.choice(["dependencies", "peerDependencies"])] = {choose.choice(["d", "a", "n9"]): choose.choice(["^1.0.0", "1.x", ">=2", "*"])}
    elif what == 6:
        manifest["name"], manifest["version"] = "renamed", "9.9.9"
    elif what == 7:
        packages.pop("", None)
        packages[""] = {}
    elif what == 8:
        entry = packages.get("node_modules/a")
        if entry:
            entry.pop("resolved", None)
    else:
        manifest["dependencies"].update(manifest.pop("devDependencies", {}))
