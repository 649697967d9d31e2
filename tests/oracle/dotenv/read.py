"""Prints what a reader for Python makes of each text: a JSON list of base64 in, one JSON value a line out."""
import base64
import json
import os
import sys
import tempfile

READER = sys.argv[1]
try:
    if READER == "python-dotenv":
        import dotenv
    elif READER == "decouple":
        import decouple
    else:
        import environ
        # Before 0.9 it knew neither `export` nor comments.
        if not hasattr(environ, "FileAwareEnv"):
            sys.exit(77)
except ImportError:
    sys.exit(77)


def read(path):
    if READER == "python-dotenv":
        return dict(dotenv.dotenv_values(path))
    if READER == "decouple":
        return decouple.RepositoryEnv(path).data
    environ.Env.ENVIRON = {}
    environ.Env.read_env(path)
    return environ.Env.ENVIRON


os.environ.clear()
with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, ".env")
    for text in json.load(sys.stdin):
        with open(path, "wb") as file:
            file.write(base64.b64decode(text))
        try:
            answer = {"values": read(path)}
        except UnicodeDecodeError:
            answer = {"error": True}
        print(json.dumps(answer))
