CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE DOMAIN positive AS integer CHECK (VALUE > 0);

CREATE TABLE rooms (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    "Label" text COLLATE "C" NOT NULL,
    width positive,
    height positive DEFAULT 3,
    area integer GENERATED ALWAYS AS (width * height) STORED,
    feeling mood[] NOT NULL DEFAULT '{}',
    CONSTRAINT rooms_label UNIQUE ("Label") DEFERRABLE INITIALLY DEFERRED,
    EXCLUDE USING gist (width WITH =)
);
CREATE TABLE bookings (
    room uuid NOT NULL,
    during tstzrange NOT NULL,
    guest bigint,
    CONSTRAINT bookings_apart EXCLUDE USING gist (room WITH =, during WITH &&) WHERE (guest IS NOT NULL),
    FOREIGN KEY (room) REFERENCES rooms ON DELETE RESTRICT ON UPDATE CASCADE,
    CHECK (NOT isempty(during))
);
CREATE UNLOGGED TABLE counters (LIKE bookings INCLUDING ALL, hits int NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS bookings (nothing int);
CREATE TABLE copies AS SELECT 1 AS one, 'x'::text AS two;
CREATE TABLE happenings (id bigint NOT NULL, at date NOT NULL, kind text, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
CREATE TABLE happenings_2024 PARTITION OF happenings FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE INDEX happenings_kind ON happenings (kind);
CREATE TABLE happenings_rest PARTITION OF happenings DEFAULT;
CREATE TABLE children (extra int) INHERITS (counters);

ALTER TABLE rooms DROP COLUMN width CASCADE;
ALTER TABLE IF EXISTS never_there ADD COLUMN x int;
ALTER TABLE IF EXISTS rooms ADD COLUMN IF NOT EXISTS floor smallint DEFAULT 0 NOT NULL, ADD COLUMN IF NOT EXISTS height int;
ALTER TABLE ONLY rooms ADD CONSTRAINT rooms_floor CHECK (floor > 0) NOT VALID;
ALTER TABLE rooms ALTER COLUMN height SET NOT NULL, ALTER height DROP DEFAULT, ALTER COLUMN "Label" DROP NOT NULL;
CREATE UNIQUE INDEX bookings_guest ON bookings USING btree (guest DESC NULLS LAST) INCLUDE (during) WHERE guest > 0;
CREATE INDEX ON bookings (guest, room);
CREATE INDEX ON bookings (guest, room);
CREATE INDEX bookings_hash ON bookings USING hash (guest);
ALTER TABLE bookings ADD COLUMN note varchar(20), ADD CONSTRAINT bookings_note UNIQUE (note), ADD PRIMARY KEY (room);
ALTER TABLE bookings RENAME COLUMN note TO remark;
ALTER TABLE bookings RENAME CONSTRAINT bookings_note TO bookings_remark;
ALTER INDEX bookings_hash RENAME TO bookings_by_guest;
ALTER TABLE bookings DROP CONSTRAINT bookings_apart;
CREATE TABLE parents (a int, b int, c int UNIQUE, UNIQUE (a, b));
CREATE TABLE kids (a int, b int, c int REFERENCES parents (c) ON DELETE SET NULL, FOREIGN KEY (a, b) REFERENCES parents (a, b) MATCH FULL);
ALTER TABLE parents DROP COLUMN b CASCADE;
ALTER TABLE kids ADD d int REFERENCES parents (c) NOT NULL, ALTER COLUMN c TYPE bigint USING c::bigint;
ALTER TABLE parents ALTER COLUMN c TYPE bigint;
DROP INDEX IF EXISTS missing, bookings_guest;
DO $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = 'kids' AND column_name = 'e') THEN
        ALTER TABLE kids ADD COLUMN e text;
    END IF;
    EXECUTE 'ALTER TABLE kids ADD COLUMN f text NOT NULL DEFAULT ''x''';
END
$$;
CREATE VIEW seen AS SELECT * FROM kids;
CREATE MATERIALIZED VIEW stored AS SELECT a FROM kids;
CREATE INDEX stored_a ON stored (a);
COMMENT ON COLUMN kids.a IS 'one; two';
CREATE SEQUENCE numbers OWNED BY kids.a;
CREATE TABLE "Order" ("userId" int PRIMARY KEY, "createdAt" timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP);
CREATE UNIQUE INDEX "Order_createdAt_key" ON "Order"("createdAt");
ALTER TABLE "Order" ADD CONSTRAINT "Order_user_fkey" FOREIGN KEY ("userId") REFERENCES "parents"("c") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "Order" RENAME TO "orders_new";
ALTER SEQUENCE numbers RESTART;
CREATE TABLE grandchildren (more int) INHERITS (children);
CREATE TABLE heirs (extra int, own text) INHERITS (parents);
DROP TABLE copies, counters CASCADE;
CREATE TABLE slots (room uuid NOT NULL, during tstzrange NOT NULL, CONSTRAINT slots_apart EXCLUDE USING gist (room WITH =, during WITH &&) WHERE (room IS NOT NULL), EXCLUDE USING gist (during WITH &&));
ALTER TABLE happenings ADD COLUMN place text NOT NULL DEFAULT '', DROP COLUMN kind;
