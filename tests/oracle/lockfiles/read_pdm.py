"""Answers `agree FILE` and `hash MANIFEST` as `pdm lock --check` does, in the form of spell.cpp."""
import os
import sys

try:
    from pdm.core import Core
except ImportError:
    sys.exit(77)

core = Core()
for line in sys.stdin:
    what, path = line.rstrip("\n").split("\t")
    project = core.create_project(os.path.dirname(path), is_global=False)
    if what == "hash":
        own = project if hasattr(project, "get_content_hash") else project.pyproject
        print((own.get_content_hash if own is project else own.content_hash)("sha256"))
    else:
        print("agrees" if project.is_lockfile_hash_match() else "differs")
