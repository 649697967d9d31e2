"""Laravel migrations run by Debian's Illuminate beside `gate show tables`. usage: laravel.py sqlite|mariadb|postgres GATE SAMPLES"""
import contextlib, json, os, subprocess, sys

import schema, servers, sql

EXTENSIONS = {"sqlite": "pdo_sqlite", "mariadb": "pdo_mysql", "postgres": "pdo_pgsql"}
DATABASES = {"sqlite": "sqlite", "mariadb": "mariadb-10.11", "postgres": "postgres-15"}
SQLITE = {"driver": "sqlite", "database": ":memory:", "foreign_key_constraints": False}


def command(php, folder, connection, *step):
    here = os.path.dirname(os.path.abspath(__file__))
    return [php, "-d", "error_reporting=E_ALL & ~E_DEPRECATED", os.path.join(here, "laravel.php"), folder, json.dumps(connection), *step]


def migrate(php, folder, connection, *step):
    return servers.run(command(php, folder, connection, *step))


def needed():
    """The path of php, with Illuminate; or skips the test."""
    php = servers.tool("php")
    for package in ("Illuminate/Database", "Doctrine/DBAL"):
        if not os.path.exists("/usr/share/php/%s/autoload.php" % package):
            servers.skip(package + " is missing")
    return php


def needs_extension(php, engine):
    if EXTENSIONS[engine] not in subprocess.run([php, "-m"], capture_output=True, text=True).stdout.split():
        servers.skip(EXTENSIONS[engine] + " of PHP is missing")


@contextlib.contextmanager
def database(engine):
    """A server, its connection for Illuminate, and what reads its schema."""
    common = {"username": "root", "password": "", "database": "gate", "prefix": ""}
    if engine == "mariadb":
        with servers.mariadb() as server:
            yield server, dict(common, driver="mysql", unix_socket=server.socket, charset="utf8mb4", collation="utf8mb4_unicode_ci", strict=True), sql.of_mariadb
    else:
        with servers.postgres() as server:
            yield server, dict(common, driver="pgsql", host=server.socket, username="postgres", database="postgres", charset="utf8", schema="public"), sql.of_postgres


def of_sqlite(printed):
    return {
        name: {"columns": dict(table["columns"]), "indexes": {(tuple(c), u, p) for c, u, p in table["indexes"]},
               "keys": {(tuple(c), to, rule) for c, to, rule in table["keys"]}}
        for name, table in json.loads(printed).items()
    }


def main():
    engine, gate, samples = sys.argv[1:]
    php = needed()
    needs_extension(php, engine)
    if engine == "sqlite":
        folder = os.path.join(samples, "laravel")
        theirs = of_sqlite(migrate(php, folder, SQLITE))
        ours = schema.without_names(schema.of_gate(gate, folder, "--var", "database=sqlite"))
        return 0 if schema.compare("laravel on sqlite", theirs, ours, ("columns", "indexes", "keys")) else 1
    same = True
    for name in ("laravel-server", "laravel-app"):
        folder = os.path.join(samples, name)
        with database(engine) as (server, connection, of_server):
            migrate(php, folder, connection)
            theirs = of_server(server)
        ours = schema.of_gate(gate, folder, "--var", "database=" + DATABASES[engine])
        same = schema.compare("%s on %s" % (name, engine), theirs, ours) and same
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
