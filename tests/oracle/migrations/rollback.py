"""Does down() put the schema back? Each migration of a sample up and down on a server, beside what gate reports of it. usage: rollback.py mariadb|postgres GATE SAMPLES"""
import glob, json, os, subprocess, sys, tempfile

import laravel, servers

CLEAR = {"mariadb": ("DROP DATABASE gate; CREATE DATABASE gate CHARACTER SET utf8mb4;", "mysql"), "postgres": ("DROP SCHEMA public CASCADE; CREATE SCHEMA public;",)}
RULES = ("migrations.irreversible", "migrations.irreversible-empty-down", "migrations.down-does-not-restore")


def reported(gate, folder, database):
    """The files whose way back gate does not take for one, with what it says."""
    with tempfile.TemporaryDirectory() as made:
        target = os.path.join(made, "report.json")
        command = [gate, "run", "--pack", "migrations", "--var", "database=" + database, "--report", "json=" + target, folder]
        subprocess.run(command, capture_output=True, timeout=60)
        with open(target, encoding="utf-8") as stream:
            outcomes = json.load(stream)["outcomes"]
    return {os.path.basename(f["path"]): f["message"] for o in outcomes if o["rule"] in RULES for f in o["findings"]}


def main():
    engine, gate, samples = sys.argv[1:]
    php = laravel.needed()
    laravel.needs_extension(php, engine)
    folder = os.path.join(samples, "laravel-app")
    said = reported(gate, folder, laravel.DATABASES[engine])
    files = sorted(glob.glob(os.path.join(folder, "database/migrations/*.php")))
    differences = []
    counts = {"restores": 0, "differs": 0, "fails": 0}
    with laravel.database(engine) as (server, connection, of_server):
        for path in files:
            before = of_server(server)
            laravel.migrate(php, folder, connection, "up", path)
            back = subprocess.run(laravel.command(php, folder, connection, "down", path), capture_output=True, text=True, timeout=60)
            verdict = "fails" if back.returncode else "restores" if of_server(server) == before else "differs"
            counts[verdict] += 1
            name = os.path.basename(path)
            if (name in said) == (verdict == "restores"):
                differences.append("%s: the database: %s %s; gate: %s" % (name, verdict, back.stdout[-300:] if back.returncode else "", said.get(name, "nothing")))
            if verdict == "restores":
                laravel.migrate(php, folder, connection, "up", path)
            else:
                server.run(*CLEAR[engine])
                laravel.migrate(php, folder, connection, "through", path)
    print("rollbacks on %s: %d migrations %s, %d differences" % (engine, len(files), counts, len(differences)))
    for difference in differences:
        print("  " + difference)
    return 1 if differences or not all(counts.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
