"""Answers `agree FILE` and `hash MANIFEST` as Poetry does, in the form of spell.cpp."""
import sys
from pathlib import Path

try:
    from poetry.factory import Factory
except ImportError:
    sys.exit(77)

for line in sys.stdin:
    what, path = line.rstrip("\n").split("\t")
    locker = Factory().create_poetry(Path(path).parent, disable_plugins=True).locker
    if what == "hash":
        print(locker._content_hash if isinstance(getattr(locker, "_content_hash", None), str) else locker._get_content_hash())
    else:
        print("agrees" if locker.is_fresh() else "differs")
