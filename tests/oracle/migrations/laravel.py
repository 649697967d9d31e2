"""Laravel migrations run by Debian's Illuminate on SQLite beside `gate show tables`. usage: laravel.py GATE SAMPLES"""
import json, os, subprocess, sys

import schema, servers


def main():
    gate, samples = sys.argv[1:]
    here = os.path.dirname(os.path.abspath(__file__))
    php = servers.tool("php")
    for needed in ("Illuminate/Database", "Doctrine/DBAL"):
        if not os.path.exists("/usr/share/php/%s/autoload.php" % needed):
            servers.skip(needed + " is missing")
    if "sqlite" not in subprocess.run([php, "-m"], capture_output=True, text=True).stdout:
        servers.skip("SQLite for PHP is missing")
    folder = os.path.join(samples, "laravel")
    printed = json.loads(servers.run([php, "-d", "error_reporting=E_ALL & ~E_DEPRECATED", os.path.join(here, "laravel.php"), folder]))
    theirs = {
        name: {"columns": dict(table["columns"]), "indexes": {(tuple(c), u, p) for c, u, p in table["indexes"]},
               "keys": {(tuple(c), to, rule) for c, to, rule in table["keys"]}}
        for name, table in printed.items()
    }
    ours = schema.without_names(schema.of_gate(gate, folder))
    return 0 if schema.compare("laravel", theirs, ours, ("columns", "indexes", "keys")) else 1


if __name__ == "__main__":
    sys.exit(main())
