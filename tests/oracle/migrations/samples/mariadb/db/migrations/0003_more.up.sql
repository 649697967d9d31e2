CREATE TABLE copies LIKE shops;
CREATE TABLE IF NOT EXISTS shops (id int);
CREATE TABLE links (
    a bigint unsigned NOT NULL,
    b bigint unsigned NOT NULL,
    PRIMARY KEY (a, b),
    CONSTRAINT links_a FOREIGN KEY (a) REFERENCES shops (id),
    CONSTRAINT links_b FOREIGN KEY (b) REFERENCES products (id)
);
ALTER TABLE links DROP FOREIGN KEY links_b, DROP INDEX links_b;
ALTER TABLE purchases DROP FOREIGN KEY orders_product;
ALTER TABLE purchases DROP INDEX by_number, DROP COLUMN product_id;
CREATE TABLE gone (id int PRIMARY KEY);
DROP TABLE gone;
INSERT INTO shops (name, slug, town) VALUES ('a; b', 'x', 'Jeddah');
