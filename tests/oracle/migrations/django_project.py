"""Django migrations run by Django beside `gate show tables`. usage: django_project.py sqlite|postgres GATE SAMPLES"""
import contextlib, os, re, sys

import schema, servers

try:
    import django
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection
except ImportError:
    servers.skip("Django is missing")


@contextlib.contextmanager
def database(engine):
    if engine == "sqlite":
        yield {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}
        return
    try:
        import psycopg2  # noqa: F401
    except ImportError:
        servers.skip("psycopg2 is missing")
    with servers.postgres() as server:
        yield {"ENGINE": "django.db.backends.postgresql", "NAME": "postgres", "USER": "postgres", "HOST": server.socket}


def of_django():
    """The schema as Django sees it; it does not tell defaults, nor what a key does on delete."""
    tables = {}
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names(cursor):
            if name == "django_migrations":
                continue
            constraints = connection.introspection.get_constraints(cursor, name)
            described = connection.introspection.get_table_description(cursor, name)
            tables[name] = {
                "columns": {c.name: bool(c.null_ok) for c in described},
                "indexes": {(tuple(c["columns"]), bool(c["unique"] or c["primary_key"]), bool(c["primary_key"])) for c in constraints.values()
                            if c["columns"] and (c["index"] or c["unique"] or c["primary_key"])},
                "keys": {(tuple(c["columns"]), c["foreign_key"][0], "no action") for c in constraints.values() if c["foreign_key"]},
            }
    return tables


def main():
    engine, gate, samples = sys.argv[1:]
    folder = os.path.join(samples, "django")
    sys.path.insert(0, folder)
    with database(engine) as value:
        settings.configure(DATABASES={"default": value}, INSTALLED_APPS=["shop", "stock"], USE_TZ=True, DEFAULT_AUTO_FIELD="django.db.models.BigAutoField")
        django.setup()
        call_command("migrate", verbosity=0)
        theirs = of_django()
        connection.close()
    ours = schema.without_names(schema.of_gate(gate, folder, "--var", "database=" + {"sqlite": "sqlite", "postgres": "postgres-15"}[engine]))
    return 0 if schema.compare("django on " + engine, theirs, ours, ("columns", "indexes", "keys")) else 1


if __name__ == "__main__":
    sys.exit(main())
