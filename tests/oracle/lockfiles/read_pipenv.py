"""Answers `agree FILE` and `hash MANIFEST` as `pipenv verify` does, in the form of spell.cpp."""
import os
import sys

try:
    from pipenv.project import Project
except ImportError:
    sys.exit(77)

for line in sys.stdin:
    what, path = line.rstrip("\n").split("\t")
    os.environ["PIPENV_PIPFILE"] = os.path.join(os.path.dirname(path), "Pipfile")
    project = Project(chdir=False)
    if what == "hash":
        print(project.calculate_pipfile_hash())
    else:
        print("agrees" if project.get_lockfile_hash() == project.calculate_pipfile_hash() else "differs")
