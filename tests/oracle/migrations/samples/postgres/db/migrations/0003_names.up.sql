CREATE TABLE a_table_whose_name_is_as_long_as_names_of_tables_can_be_in_it (
    a_column_with_a_name_that_is_long_as_well integer UNIQUE,
    b integer REFERENCES shops (id) ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX ON a_table_whose_name_is_as_long_as_names_of_tables_can_be_in_it (b, a_column_with_a_name_that_is_long_as_well);
CREATE TABLE events (id bigint NOT NULL, at date NOT NULL, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE TABLE Mixed (Id int PRIMARY KEY, "Id" int);
CREATE TABLE gone (id int PRIMARY KEY);
CREATE TABLE keeps (gone_id int REFERENCES gone);
DROP TABLE gone CASCADE;
ALTER TABLE order_lines ADD COLUMN id2 serial;
ALTER INDEX goods_lower RENAME TO goods_first_tag;
INSERT INTO shops (name, slug, city) VALUES ('a; b', 'x', 'Jeddah');
