"""Laravel migrations run by Debian's Illuminate beside `gate show tables`. usage: laravel.py sqlite|mariadb|postgres GATE SAMPLES"""
import json, os, subprocess, sys

import schema, servers, sql

EXTENSIONS = {"sqlite": "pdo_sqlite", "mariadb": "pdo_mysql", "postgres": "pdo_pgsql"}
DATABASES = {"sqlite": "sqlite", "mariadb": "mariadb-10.11", "postgres": "postgres-15"}
SQLITE = {"driver": "sqlite", "database": ":memory:", "foreign_key_constraints": False}


def migrate(php, folder, connection):
    here = os.path.dirname(os.path.abspath(__file__))
    return servers.run([php, "-d", "error_reporting=E_ALL & ~E_DEPRECATED", os.path.join(here, "laravel.php"), folder, json.dumps(connection)])


def of_sqlite(printed):
    return {
        name: {"columns": dict(table["columns"]), "indexes": {(tuple(c), u, p) for c, u, p in table["indexes"]},
               "keys": {(tuple(c), to, rule) for c, to, rule in table["keys"]}}
        for name, table in json.loads(printed).items()
    }


def main():
    engine, gate, samples = sys.argv[1:]
    php = servers.tool("php")
    for needed in ("Illuminate/Database", "Doctrine/DBAL"):
        if not os.path.exists("/usr/share/php/%s/autoload.php" % needed):
            servers.skip(needed + " is missing")
    if EXTENSIONS[engine] not in subprocess.run([php, "-m"], capture_output=True, text=True).stdout.split():
        servers.skip(EXTENSIONS[engine] + " of PHP is missing")
    folder = os.path.join(samples, "laravel" if engine == "sqlite" else "laravel-server")
    ours = schema.of_gate(gate, folder, "--var", "database=" + DATABASES[engine])
    if engine == "sqlite":
        theirs = of_sqlite(migrate(php, folder, SQLITE))
        return 0 if schema.compare("laravel on sqlite", theirs, schema.without_names(ours), ("columns", "indexes", "keys")) else 1
    common = {"username": "root", "password": "", "database": "gate", "prefix": ""}
    if engine == "mariadb":
        with servers.mariadb() as server:
            migrate(php, folder, dict(common, driver="mysql", unix_socket=server.socket, charset="utf8mb4", collation="utf8mb4_unicode_ci", strict=True))
            theirs = sql.of_mariadb(server)
    else:
        with servers.postgres() as server:
            migrate(php, folder, dict(common, driver="pgsql", host=server.socket, username="postgres", database="postgres", charset="utf8", schema="public"))
            theirs = sql.of_postgres(server)
    return 0 if schema.compare("laravel on " + engine, theirs, ours) else 1


if __name__ == "__main__":
    sys.exit(main())
