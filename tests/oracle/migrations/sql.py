"""SQL migrations run by PostgreSQL or MariaDB beside `gate show tables`. usage: sql.py postgres|mariadb GATE SAMPLES"""
import glob, json, os, sys

import schema, servers

POSTGRES = """
SELECT coalesce(json_object_agg(c.relname, json_build_object(
  'columns', (SELECT coalesce(json_agg(json_build_array(a.attname, NOT a.attnotnull, d.oid IS NOT NULL AND a.attgenerated = '' AND pg_get_expr(d.adbin, d.adrelid) NOT LIKE 'nextval(%')), '[]')
              FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
              WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped),
  'indexes', (SELECT coalesce(json_agg(json_build_array(x.relname,
                (SELECT json_agg(pg_get_indexdef(i.indexrelid, k, true) ORDER BY k) FROM generate_series(1, i.indnkeyatts) k), i.indisunique, i.indisprimary)), '[]')
              FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid WHERE i.indrelid = c.oid),
  'keys', (SELECT coalesce(json_agg(json_build_array((SELECT json_agg(a.attname ORDER BY o) FROM unnest(f.conkey) WITH ORDINALITY u(n, o)
                                                       JOIN pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = n),
                                    f.confrelid::regclass::text, f.confdeltype)), '[]')
           FROM pg_constraint f WHERE f.conrelid = c.oid AND f.contype = 'f'))), '{}')
FROM pg_class c WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace;
"""
ON_DELETE = {"a": "no action", "r": "no action", "c": "cascade", "n": "set null", "d": "set default"}

MARIADB = """
SELECT table_name, 'columns', column_name, is_nullable = 'YES', column_default IS NOT NULL AND NOT (column_default = 'NULL'), ''
  FROM information_schema.columns WHERE table_schema = 'gate'
UNION ALL SELECT table_name, 'indexes', index_name, GROUP_CONCAT(column_name ORDER BY seq_in_index), non_unique = 0, index_name = 'PRIMARY'
  FROM information_schema.statistics WHERE table_schema = 'gate' GROUP BY table_name, index_name, non_unique
UNION ALL SELECT k.table_name, 'keys', GROUP_CONCAT(k.column_name ORDER BY k.ordinal_position), k.referenced_table_name, MAX(r.delete_rule), ''
  FROM information_schema.key_column_usage k JOIN information_schema.referential_constraints r USING (constraint_schema, table_name, constraint_name)
  WHERE k.table_schema = 'gate' AND k.referenced_table_name IS NOT NULL GROUP BY k.table_name, k.constraint_name, k.referenced_table_name;
"""


def of_postgres(server):
    tables = {}
    for name, table in json.loads(server.run(POSTGRES)).items():
        tables[name.strip('"')] = {
            "columns": {c: nullable for c, nullable, _ in table["columns"]},
            "defaults": {c: default for c, _, default in table["columns"]},
            "indexes": {(i, tuple(p.strip('"') for p in parts), unique, primary) for i, parts, unique, primary in table["indexes"]},
            "keys": {(tuple(columns), to.strip('"'), ON_DELETE[rule]) for columns, to, rule in table["keys"]},
        }
    return tables


def of_mariadb(server):
    tables = {}
    for line in server.run(MARIADB).splitlines():
        table, part, one, two, three, four = line.split("\t")
        own = tables.setdefault(table, {"columns": {}, "defaults": {}, "indexes": set(), "keys": set()})
        if part == "columns":
            own["columns"][one] = two == "1"
            own["defaults"][one] = three == "1"
        elif part == "indexes":
            own["indexes"].add((one, tuple(two.split(",")), three == "1", four == "1"))
        else:
            own["keys"].add((tuple(one.split(",")), two, three.lower().replace("restrict", "no action")))
    return tables


def main():
    engine, gate, samples = sys.argv[1:]
    folder = os.path.join(samples, engine)
    with getattr(servers, engine)() as server:
        for path in sorted(glob.glob(os.path.join(folder, "db/migrations/*.up.sql"))):
            with open(path, encoding="utf-8") as stream:
                server.run(stream.read())
        theirs = {"postgres": of_postgres, "mariadb": of_mariadb}[engine](server)
    return 0 if schema.compare(engine, theirs, schema.of_gate(gate, folder)) else 1


if __name__ == "__main__":
    sys.exit(main())
