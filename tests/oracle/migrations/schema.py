"""What `gate show tables` says of a folder, and how it is compared with the schema of a database that ran the files.

A schema: {table: {"columns": {name: nullable}, "defaults": {name: has one that is no sequence}, "indexes": {(name, columns, unique, primary)}, "keys": {(columns, table, on delete)}}}.
"""
import json, subprocess, sys


def of_gate(gate, folder, *arguments):
    done = subprocess.run([gate, "show", "tables", "--format", "json", *arguments, folder], capture_output=True, text=True, timeout=60)
    if done.returncode != 0:
        sys.exit("gate: " + done.stderr)
    shown = json.loads(done.stdout)
    for opaque in shown["opaque"]:
        sys.exit("gate cannot read %(path)s:%(line)s: %(why)s" % opaque)
    tables = {}
    for table in shown["tables"]:
        tables[table["name"]] = {
            "columns": {c["name"]: c["nullable"] for c in table["columns"]},
            "defaults": {c["name"]: c["default"] is not None for c in table["columns"]},
            "indexes": {(i["name"], tuple(i["columns"]), i["unique"], i["primary"]) for i in table["indexes"]},
            "keys": {(tuple(k["columns"]), k["references"]["table"], (k["on_delete"] or "no action").replace("restrict", "no action")) for k in table["foreign_keys"]},
        }
    return tables


def without_names(tables):
    for table in tables.values():
        table["indexes"] = {index[1:] for index in table["indexes"]}
    return tables


def compare(title, theirs, ours, parts=("columns", "defaults", "indexes", "keys")):
    """Prints what differs and returns whether nothing does."""
    differences = ["table %s: only %s has it" % (name, "the database" if name in theirs else "gate") for name in sorted(set(theirs) ^ set(ours))]
    facts = 0
    for name in sorted(set(theirs) & set(ours)):
        for part in parts:
            their, our = theirs[name][part], ours[name][part]
            if isinstance(their, dict):
                their, our = set(their.items()), set(our.items())
            facts += len(their)
            differences += ["%s of %s: the database has %r" % (part, name, item) for item in sorted(their - our, key=repr)]
            differences += ["%s of %s: gate has %r" % (part, name, item) for item in sorted(our - their, key=repr)]
    print("%s: %d tables, %d facts, %d differences" % (title, len(theirs), facts, len(differences)))
    for difference in differences:
        print("  " + difference)
    return not differences and facts > 0
