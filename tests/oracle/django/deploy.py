#!/usr/bin/env python3
"""Holds the rules of the pack django against `manage.py check --deploy`.

  deploy.py GATE

Settings are put together at random (from a fixed seed); for each, the checks that Django's own deploy
checks raise and the aliases of the rules that fail have to be the same. Exit status 77: Django is not
installed.
"""
import json
import os
import random
import subprocess
import sys
import tempfile

KEY = "k9vX2mQ7pL4zR8tW1yB5nD3fG6hJ0cEuAsIoTqwMrNbVxZyPk2s"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
FLAGS = [None, True, False, 1, 0, "True", "False", ""]
# Each setting with the values that it may have; ABSENT: the line is left out.
ABSENT = object()
CHOICES = {
    "SECURE_HSTS_SECONDS": [0, 3600, 31536000, "0", None],
    "SECURE_HSTS_INCLUDE_SUBDOMAINS": FLAGS,
    "SECURE_HSTS_PRELOAD": FLAGS,
    "SECURE_CONTENT_TYPE_NOSNIFF": FLAGS,
    "SECURE_SSL_REDIRECT": FLAGS,
    "SESSION_COOKIE_SECURE": FLAGS,
    "SESSION_COOKIE_HTTPONLY": FLAGS,
    "CSRF_COOKIE_SECURE": FLAGS,
    "CSRF_USE_SESSIONS": FLAGS,
    "DEBUG": FLAGS,
    "X_FRAME_OPTIONS": ["DENY", "SAMEORIGIN", "deny", None],
    "ALLOWED_HOSTS": [[], ["a"], ("a",), ["*"]],
    "SECURE_REFERRER_POLICY": [None, "same-origin", "x", "no-referrer, strict-origin", ["no-referrer"], ("x",), "", []],
    "SECRET_KEY": [KEY, KEY[:40], "a" * 60, "django-insecure-" + KEY, "é" * 25 + KEY[:25], "é" * 20 + KEY[:25]],
    "SILENCED_SYSTEM_CHECKS": [[], ["security.W004"], ["security.W012", "security.W018"], ["security.W010", "security.W016"]],
}


def module(chooser):
    lines = []
    lines.append("MIDDLEWARE = %r" % [m for m in MIDDLEWARE if chooser.random() < 0.7])
    if chooser.random() < 0.7:
        lines.append("INSTALLED_APPS = %r" % (["django.contrib.sessions"] if chooser.random() < 0.6 else []))
    for name, values in CHOICES.items():
        value = chooser.choice([ABSENT] + values)
        if name == "SECRET_KEY" and value is ABSENT:
            value = KEY
        if value is not ABSENT:
            lines.append("%s = %r" % (name, value))
    return "\n".join(lines) + "\n"


def in_child(ask):
    """The text that `ask` returns in a process of its own, or None where it raises."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.close(read)
            os.write(write, ask().encode())
            status = 0
        finally:
            os._exit(status)
    os.close(write)
    with os.fdopen(read) as pipe:
        text = pipe.read()
    return text if os.waitpid(child, 0)[1] == 0 else None


def django_ids(place):
    """What Django's deploy checks raise for settings.py in `place`, or None where it refuses it."""
    from django.core import checks
    from django.core.checks.security import base, csrf, sessions  # noqa: F401 they register the checks

    def ask():
        sys.dont_write_bytecode = True
        sys.path.insert(0, place)
        os.environ["DJANGO_SETTINGS_MODULE"] = "settings"
        found = checks.run_checks(tags=["security"], include_deployment_checks=True)
        return " ".join(sorted({m.id for m in found if not m.is_silenced()}))
    text = in_child(ask)
    return None if text is None else set(text.split())


def gate_ids(gate, place, wanted):
    """The aliases of the rules that fail: of one with several, those that Django raises, or all."""
    report = os.path.join(place, "report.json")
    subprocess.run([gate, "run", "--pack", "django", "--report", "json=" + report, place], capture_output=True, cwd=place)
    with open(report, encoding="utf-8") as f:
        outcomes = json.load(f)["outcomes"]
    os.unlink(report)
    ids, stuck = set(), []
    for outcome in outcomes:
        mine = {a.split(":", 1)[1] for a in outcome["aliases"] if a.startswith("django:security.")}
        if mine and outcome["verdict"] == "could_not_run":
            stuck.append("%s: %s" % (outcome["rule"], outcome["reason"]))
        if outcome["verdict"] == "failed":
            ids |= mine & wanted or mine
    return ids, stuck


def main():
    gate = os.path.abspath(sys.argv[1])
    try:
        import django
    except ImportError:
        # Debian's Python has it where another one comes first.
        if sys.executable != "/usr/bin/python3" and os.path.exists("/usr/bin/python3"):
            os.execv("/usr/bin/python3", ["/usr/bin/python3", *sys.argv])
        print("skipped: Django is not installed")
        return 77
    chooser, wrong, right, refused = random.Random(20260101), 0, 0, 0
    with tempfile.TemporaryDirectory() as top:
        for number in range(150):
            place = os.path.join(os.path.realpath(top), str(number))
            os.makedirs(place)
            files = {
                "settings.py": module(chooser),
                "manage.py": "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'settings')\n",
                "requirements.txt": "Django==%s\n" % django.get_version(),
                ".env.production": "",
                "gate.toml": "[gate]\nversion = 1\n[environment.production]\nfiles = [\".env.production\"]\n",
            }
            for path, text in files.items():
                with open(os.path.join(place, path), "w", encoding="utf-8") as f:
                    f.write(text)
            truth = django_ids(place)
            if truth is None:
                refused += 1
                continue
            ours, stuck = gate_ids(gate, place, truth)
            if ours == truth and not stuck:
                right += 1
                continue
            wrong += 1
            print("%d: missing %s, false %s, stuck %s" % (number, sorted(truth - ours), sorted(ours - truth), stuck))
            print(files["settings.py"])
    print("%d settings judged like Django, %d not, %d that Django refuses" % (right, wrong, refused))
    return 1 if wrong or right < 100 else 0


if __name__ == "__main__":
    sys.exit(main())
