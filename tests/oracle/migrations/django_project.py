"""Django migrations run by Django beside `gate show tables`. usage: django_project.py sqlite|postgres|mariadb GATE SAMPLES"""
import contextlib, importlib, os, sys

import schema, servers

try:
    import django
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection
except ImportError:
    servers.skip("Django is missing")


# Tables of Django's own apps, whose migrations are not the project's.
FOREIGN = ("django_migrations", "django_content_type", "auth_group", "auth_permission", "auth_group_permissions")
DATABASES = {"sqlite": "sqlite", "postgres": "postgres-15", "mariadb": "mariadb-10.11"}
APPS = ["django.contrib.auth", "django.contrib.contenttypes", "accounts.apps.AccountsConfig", "shop", "stock", "hub", "gen", "geo", "ren", "sq", "swap", "wide"]


@contextlib.contextmanager
def database(engine):
    if engine == "sqlite":
        yield {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}
        return
    try:
        importlib.import_module({"postgres": "psycopg2", "mariadb": "MySQLdb"}[engine])
    except ImportError as missing:
        servers.skip(str(missing))
    if engine == "mariadb":
        with servers.mariadb() as server:
            yield {"ENGINE": "django.db.backends.mysql", "NAME": "gate", "USER": "root", "HOST": server.socket}
        return
    with servers.postgres() as server:
        yield {"ENGINE": "django.db.backends.postgresql", "NAME": "postgres", "USER": "postgres", "HOST": server.socket}


def of_django():
    """The schema as Django sees it; it does not tell defaults, nor what a key does on delete."""
    tables = {}
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names(cursor):
            if name in FOREIGN:
                continue
            constraints = connection.introspection.get_constraints(cursor, name)
            described = connection.introspection.get_table_description(cursor, name)
            tables[name] = {
                "columns": {c.name: bool(c.null_ok) for c in described},
                "indexes": {(name, tuple(c["columns"]), bool(c["unique"] or c["primary_key"]), bool(c["primary_key"])) for name, c in constraints.items()
                            if c["columns"] and (c["index"] or c["unique"] or c["primary_key"])},
                "keys": {(tuple(c["columns"]), c["foreign_key"][0], "no action") for c in constraints.values() if c["foreign_key"]},
            }
    return tables


def main():
    engine, gate, samples = sys.argv[1:]
    folder = os.path.join(samples, "django")
    sys.path.insert(0, folder)
    with database(engine) as value:
        settings.configure(DATABASES={"default": value}, INSTALLED_APPS=APPS, USE_TZ=True, DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
                           AUTH_USER_MODEL="accounts.Member", SILENCED_SYSTEM_CHECKS=["models.W042", "fields.W340"])
        django.setup()
        call_command("migrate", verbosity=0)
        theirs = of_django()
        connection.close()
    ours = schema.of_gate(gate, folder, "--var", "database=" + DATABASES[engine])
    # SQLite gives no names to what stands in CREATE TABLE; MariaDB keeps the first name of a key's index, or not.
    if engine != "postgres":
        theirs, ours = schema.without_names(theirs), schema.without_names(ours)
    return 0 if schema.compare("django on " + engine, theirs, ours, ("columns", "indexes", "keys")) else 1


if __name__ == "__main__":
    sys.exit(main())
