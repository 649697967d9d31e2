"""Answers `compare` and `range` as pip's library packaging does, in the form of spell.cpp."""
import sys

try:
    from packaging.specifiers import InvalidSpecifier, SpecifierSet
    from packaging.version import InvalidVersion, Version
except ImportError:
    sys.exit(77)


def answer(what, _, a, b):
    try:
        if what == "compare":
            left, right = Version(a), Version(b)
            return "<" if left < right else ">" if left > right else "="
        return "in" if SpecifierSet(b).contains(Version(a), prereleases=True) else "out"
    except (InvalidVersion, InvalidSpecifier):
        return "unknown"


for line in sys.stdin:
    print(answer(*line.rstrip("\n").split("\t")))
