#!/usr/bin/env python3
"""Holds the settings that gate takes Django to hold against those it really holds.

  compare.py VALUES FOLDER

Every FOLDER/*.txt is a project: `-- path --` begins a file, `-- env NAME --` an environment. Django
loads it in each environment; what gate says is known must be equal. A value that gate does not know
is no mistake, but fewer than 95 of 100 known ones are. Exit status 77: Django is not installed.
"""
import json
import os
import re
import subprocess
import sys
import tempfile
import warnings

MANAGE = """import os, sys
if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "%s")
    from django.core.management import execute_from_command_line
    execute_from_command_line(sys.argv)
"""
# What it takes to hold nothing that gate may know: these samples say so in their name.
UNKNOWN = "unknown-"


def read_sample(path):
    files, envs, current = {}, {}, None
    for line in open(path, encoding="utf-8").read().split("\n"):
        head = re.fullmatch(r"-- (env )?(\S+) --", line)
        if head and head.group(1):
            current = envs.setdefault(head.group(2), {})
        elif head:
            current = files.setdefault(head.group(2), [])
        elif isinstance(current, dict):
            if "=" in line:
                key, value = line.split("=", 1)
                current[key] = value
        elif current is not None:
            current.append(line)
    return {p: "\n".join(t) + "\n" for p, t in files.items()}, envs


def module_of(files):
    """The module that the sample wants: the deepest production module, else the first settings module."""
    names = [p[:-3].replace("/", ".") for p in files if p.endswith(".py")]
    for wanted in (r".*settings\.production", r".*settings\.base", r".*settings", r".*settings\.__init__"):
        for name in names:
            if re.fullmatch(wanted, name):
                return name.replace(".__init__", "")
    raise SystemExit("no settings module in the sample")


def jsonable(value, root):
    if isinstance(value, (list, tuple)):
        return [jsonable(v, root) for v in value]
    if isinstance(value, (set, frozenset)):
        return sorted((jsonable(v, root) for v in value), key=repr)
    if isinstance(value, dict):
        return {str(k): jsonable(v, root) for k, v in value.items()}
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if type(value).__name__ == "__proxy__":
        return value._proxy____args[0]  # a translated text, before it is translated
    return str(value).replace(root, "<project>").replace(os.path.dirname(root), "<project>/..")


def django_values(root, env):
    """What Django holds, and why it refuses to hold anything; in a process of its own."""
    def ask():
        os.chdir(root)
        sys.path.insert(0, root)
        sys.dont_write_bytecode = True
        for key in [k for k in os.environ if k not in ("PATH", "LANG")]:
            del os.environ[key]
        os.environ.update(env)
        entry = [os.path.join(d, "wsgi.py") for d, _, f in os.walk(".") if "wsgi.py" in f] or ["manage.py"]
        with open(entry[0], encoding="utf-8") as f:
            for line in f:
                if line.strip().startswith("os.environ.setdefault"):
                    exec(line.strip())
        from django.conf import settings
        return json.dumps({n: jsonable(getattr(settings, n), root) for n in dir(settings) if n.isupper()})
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(read)
            with os.fdopen(write, "w") as pipe:
                try:
                    pipe.write(ask())
                except BaseException as error:  # whatever a settings module raises
                    pipe.write("refused: %r" % error)
        finally:
            os._exit(0)
    os.close(write)
    with os.fdopen(read) as pipe:
        text = pipe.read()
    return (None, text) if text.startswith("refused: ") else (json.loads(text), None)


def same(a, b):
    if isinstance(a, bool) or isinstance(b, bool) or a is None or b is None:
        return a is b
    if isinstance(a, (int, float)) and isinstance(b, (int, float)):
        return type(a) is type(b) and a == b or a == b
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, dict) and isinstance(b, dict):
        return list(a) == list(b) and all(same(a[k], b[k]) for k in a)
    return type(a) is type(b) and a == b


def main():
    values, folder = os.path.abspath(sys.argv[1]), sys.argv[2]
    try:
        import django
    except ImportError:
        # Debian's Python has it where another one comes first.
        if sys.executable != "/usr/bin/python3" and os.path.exists("/usr/bin/python3"):
            os.execv("/usr/bin/python3", ["/usr/bin/python3", *sys.argv])
        print("skipped: Django is not installed")
        return 77
    warnings.simplefilter("ignore")
    wrong, known, unknown = [], 0, 0
    with tempfile.TemporaryDirectory() as place:
        place = os.path.realpath(place)
        for name in sorted(os.listdir(folder)):
            if not name.endswith(".txt"):
                continue
            files, envs = read_sample(os.path.join(folder, name))
            files.setdefault("manage.py", MANAGE % module_of(files))
            if "Django" not in files.get("requirements.txt", ""):
                files["requirements.txt"] = files.get("requirements.txt", "") + "Django==%s\n" % django.get_version()
            for env_name, env in envs.items():
                root = os.path.join(place, name[:-4], env_name)
                for path, text in files.items():
                    os.makedirs(os.path.dirname(os.path.join(root, path)), exist_ok=True)
                    with open(os.path.join(root, path), "w", encoding="utf-8") as f:
                        f.write(text)
                truth, why = django_values(root, env)
                with open(os.path.join(root, "environment"), "w", encoding="utf-8") as f:
                    f.writelines("%s=%s\n" % pair for pair in env.items())
                line = subprocess.run([values, root], capture_output=True, text=True, check=True).stdout
                ours = json.loads(line)
                label = "%s@%s" % (name[:-4], env_name)
                if truth is None:
                    print("%s: Django refuses it: %s" % (label, why))
                    wrong.append(label)
                    continue
                for key, got in ours["settings"]["values"].items():
                    if got["state"] != "known":
                        if not name.startswith(UNKNOWN):
                            unknown += 1
                            if "-v" in sys.argv:
                                print("%s: %s is unknown: %s" % (label, key, got["trace"][-1:]))
                        continue
                    known += 1
                    if key not in truth:
                        wrong.append("%s: %s is %r, and Django has no such setting" % (label, key, got["value"]))
                    elif not same(jsonable(got["value"], root), truth[key]):
                        # A set has no order.
                        if isinstance(truth[key], list) and isinstance(got["value"], list) and sorted(map(repr, got["value"])) == sorted(map(repr, truth[key])):
                            continue
                        wrong.append("%s: %s is %r, Django has %r" % (label, key, got["value"], truth[key]))
                missing = [k for k in truth if not name.startswith(UNKNOWN) and k != "SETTINGS_MODULE" and k not in ours["settings"]["values"] and k in "".join(files.values())]
                for key in missing:
                    wrong.append("%s: %s is %r in Django, and missing" % (label, key, truth[key]))
    for line in wrong[:40]:
        print(line)
    print("%d values known, %d unknown, %d wrong" % (known, unknown, len(wrong)))
    return 1 if wrong or known < 19 * (known + unknown) // 20 else 0


if __name__ == "__main__":
    sys.exit(main())
