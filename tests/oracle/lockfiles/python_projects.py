"""Projects of Poetry, Pipenv and PDM: a manifest put together from pieces, the lock of it, and the manifest as it was changed
since: where that counts and where it does not. What hash the lock has only the program knows."""
import os
import random

POETRY_NEEDS = [
    'requests = "^2.31"', 'django = {version = "^4.2", extras = ["argon2"]}', 'tagged = {git = "https://git.example.org/tagged.git", rev = "c0ffee"}',
    'two = [{version = "<2", python = "<3.8"}, {version = ">=2", python = ">=3.8"}]', 'maybe = {version = "*", optional = true}',
    "marked = {version = '1.0', markers = \"sys_platform == 'linux'\"}", 'Odd_Name = "~1.2"', 'private = {version = "1", source = "intern"}',
    'quoted = "!=1.0,>=0.5"', 'released = {version = "^3.0", allow-prereleases = true}']
PIPFILE_NEEDS = [
    'requests = "*"', 'Django = {version = "~=4.2", extras = ["argon2", "bcrypt"]}', 'tagged = {git = "https://git.example.org/tagged.git", ref = "main", editable = true}',
    "marked = {version = \"==1.0\", markers = \"python_version < '3.9'\"}", '"odd.name" = ">=1,<2"', 'here = {path = ".", editable = true}', '"\u00fcber" = "*"']


def poetry_manifest(choose):
    """Returns the manifest as parts that can be changed."""
    return {
        "head": 'name = "shop"\nversion = "1.0.0"\ndescription = "a shop"\nauthors = ["A <a@example.org>"]\n',
        "needs": choose.sample(POETRY_NEEDS, choose.randint(0, 5)),
        "group": choose.choice(["", "dev-dependencies", "group.test.dependencies"]),
        "more": choose.sample(POETRY_NEEDS, choose.randint(0, 2)),
        "extras": choose.choice(["", '\n[tool.poetry.extras]\nall = ["maybe"]\n']),
        "source": choose.choice(["", '\n[[tool.poetry.source]]\nname = "intern"\nurl = "https://py.example.org/s\u00fcd/simple/"\n']),
        "rest": choose.choice(["", '\n[tool.poetry.scripts]\nshop = "shop:main"\n', "\n[tool.black]\nline-length = 100\n"]),
    }


def poetry_text(parts):
    out = "[tool.poetry]\n%s\n[tool.poetry.dependencies]\npython = \"^3.10\"\n%s\n" % (parts["head"], "\n".join(parts["needs"]))
    if parts["group"]:
        out += "\n[tool.poetry.%s]\n%s\n" % (parts["group"], "\n".join(parts["more"]))
    return out + parts["extras"] + parts["source"] + parts["rest"]


POETRY_CHANGES = [
    ("head", lambda head: head.replace("a shop", "another shop")),
    ("needs", lambda needs: needs[::-1]),
    ("needs", lambda needs: [need.replace("1", "7") for need in needs] + ['further = "*"']),
    ("rest", lambda _: "\n[tool.other]\nkey = 1\n"),
    ("extras", lambda _: '\n[tool.poetry.extras]\nsome = ["maybe", "requests"]\n'),
    ("source", lambda _: '\n[[tool.poetry.source]]\nname = "intern"\nurl = "https://other.example.org/simple/"\n'),
]


def pipfile_parts(choose):
    return {
        "source": choose.choice(["", '[[source]]\nname = "intern"\nurl = "https://${USER}@py.example.org/simple"\nverify_ssl = true\n']),
        "packages": choose.sample(PIPFILE_NEEDS, choose.randint(0, 5)),
        "dev": choose.sample(PIPFILE_NEEDS, choose.randint(0, 3)),
        "requires": choose.choice(["", '\n[requires]\npython_version = "3.11"\n']),
        "rest": choose.choice(["", '\n[scripts]\nrun = "python -m shop"\n', "\n[pipenv]\nallow_prereleases = true\n", '\n[docs]\nsphinx = "*"\n']),
    }


def pipfile_text(parts):
    return "%s\n[packages]\n%s\n\n[dev-packages]\n%s\n%s%s" % (
        parts["source"], "\n".join(parts["packages"]), "\n".join(parts["dev"]), parts["requires"], parts["rest"])


PIPFILE_CHANGES = [
    ("packages", lambda packages: packages[::-1]),
    ("dev", lambda dev: dev + ['further = "*"']),
    ("requires", lambda _: '\n[requires]\npython_version = "3.12"\n'),
    ("rest", lambda _: '\n[scripts]\nother = "true"\n'),
    ("source", lambda _: '[[source]]\nname = "other"\nurl = "https://other.example.org/simple"\nverify_ssl = false\n'),
]


PDM_NEEDS = ["requests>=2.31", "Django[argon2,bcrypt]~=4.2", "marked==1.0; python_version < '3.9'", "tagged @ git+https://git.example.org/tagged.git@main",
             "odd.name", "\u00fcber>=1,<2"]


def quoted(texts):
    return "[%s]" % ", ".join('"%s"' % text.replace("'", "\\u0027") for text in texts)


def pdm_parts(choose):
    return {
        "head": 'name = "shop"\nversion = "1.0.0"\ndescription = "a shop"\n',
        "needs": choose.sample(PDM_NEEDS, choose.randint(0, 4)),
        "python": choose.choice(["", 'requires-python = ">=3.10"\n']),
        "extras": choose.choice(["", '\n[project.optional-dependencies]\nall = ["requests", "\u00fcber"]\n']),
        "dev": choose.choice(["", '\n[tool.pdm.dev-dependencies]\ntest = ["pytest>=7"]\ndocs = []\n']),
        "source": choose.choice(["", '\n[[tool.pdm.source]]\nname = "intern"\nurl = "https://py.example.org/simple"\nverify_ssl = true\n']),
        "overrides": choose.choice(["", '\n[tool.pdm.overrides]\nrequests = "2.31.0"\n']),
        "rest": choose.choice(["", "\n[tool.black]\nline-length = 100\n"]),
    }


def pdm_text(parts):
    return "[project]\n%s%sdependencies = %s\n%s%s%s%s%s" % (
        parts["head"], parts["python"], quoted(parts["needs"]), parts["extras"], parts["dev"], parts["source"], parts["overrides"], parts["rest"])


PDM_CHANGES = [
    ("head", lambda head: head.replace("a shop", "another shop")),
    ("needs", lambda needs: needs + ["further"]),
    ("python", lambda _: 'requires-python = ">=3.11"\n'),
    ("rest", lambda _: "\n[tool.other]\nkey = 1\n"),
    ("dev", lambda _: '\n[tool.pdm.dev-dependencies]\ntest = ["pytest>=8"]\n'),
    ("overrides", lambda _: '\n[tool.pdm.overrides]\nrequests = "2.32.0"\n'),
    ("source", lambda _: '\n[[tool.pdm.source]]\nname = "intern"\nurl = "https://other.example.org/simple"\n'),
]


POETRY_LOCK = ('%s\n[metadata]\nlock-version = "2.0"\npython-versions = "^3.10"\ncontent-hash = "%s"\n')
POETRY_PACKAGES = "".join('[[package]]\nname = "%s"\nversion = "%s"\ndescription = ""\noptional = false\npython-versions = "*"\nfiles = []\n\n' % one for one in [
    ("requests", "2.31.0"), ("django", "4.2.1"), ("tagged", "1.0"), ("two", "2.0"), ("maybe", "1.0"), ("marked", "1.0"), ("odd-name", "1.2"),
    ("private", "1.0"), ("quoted", "0.9"), ("released", "3.1"), ("further", "1.0")])
PDM_LOCK = '[metadata]\nlock_version = "4.1"\ncontent_hash = "sha256:%s"\n\n%s'
PDM_PACKAGES = "".join('[[package]]\nname = "%s"\nversion = "%s"\n\n' % one for one in [
    ("requests", "2.31.0"), ("django", "4.2.1"), ("marked", "1.0"), ("tagged", "1.0"), ("odd-name", "1.2"), ("\u00fcber", "1.0"), ("further", "1.0")])
PIPFILE_LOCK = '{"_meta": {"hash": {"sha256": "%s"}, "pipfile-spec": 6, "requires": {}, "sources": []}, "default": {%s}, "develop": {%s}}\n'
PIPFILE_PACKAGES = ", ".join('"%s": {"version": "==1.0"}' % name for name in
                             ["requests", "django", "tagged", "marked", "odd.name", "here", "\u00fcber", "further"])

KINDS = {
    "poetry": ("pyproject.toml", "poetry.lock", poetry_manifest, poetry_text, POETRY_CHANGES,
               lambda digest: POETRY_LOCK % (POETRY_PACKAGES, digest)),
    "pdm": ("pyproject.toml", "pdm.lock", pdm_parts, pdm_text, PDM_CHANGES, lambda digest: PDM_LOCK % (digest, PDM_PACKAGES)),
    "pipenv": ("Pipfile", "Pipfile.lock", pipfile_parts, pipfile_text, PIPFILE_CHANGES,
               lambda digest: PIPFILE_LOCK % (digest, PIPFILE_PACKAGES, PIPFILE_PACKAGES)),
}


def projects(manager, folder, count, hash_of):
    """`hash_of(manifests)`: the hashes of manifests, by path, as the program makes them. Returns the paths of the locks."""
    manifest_name, lock_name, make, spell, changes, lock_text = KINDS[manager]
    choose = random.Random(2026)
    every = []
    for number in range(count):
        place = os.path.join(folder, str(number))
        os.makedirs(place)
        parts = make(choose)
        every.append((place, parts))
        write(os.path.join(place, manifest_name), spell(parts))
    files = []
    for (place, parts), digest in zip(every, hash_of([os.path.join(place, manifest_name) for place, _ in every])):
        files.append(os.path.join(place, lock_name))
        write(files[-1], lock_text(digest))
        number = choose.randint(0, len(changes))
        if number < len(changes):  # else it stays as it was
            part, changed = changes[number]
            parts[part] = changed(parts[part])
        write(os.path.join(place, manifest_name), spell(parts))
    return files


def write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
