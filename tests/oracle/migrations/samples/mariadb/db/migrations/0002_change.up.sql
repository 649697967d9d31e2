ALTER TABLE shops ADD COLUMN rating int AFTER name, ADD UNIQUE (name), DROP INDEX by_city;
ALTER TABLE shops CHANGE city town varchar(80) NOT NULL, MODIFY opened_at datetime NOT NULL DEFAULT CURRENT_TIMESTAMP;
ALTER TABLE shops RENAME COLUMN rating TO score;
CREATE INDEX price ON products (shop_id, price);
ALTER TABLE products DROP COLUMN doubled, ADD INDEX (price), ADD note text;
ALTER TABLE orders ADD CONSTRAINT orders_product FOREIGN KEY (product_id) REFERENCES products (id);
ALTER TABLE orders ADD total decimal(10, 2) NOT NULL, ALTER COLUMN total SET DEFAULT 0;
RENAME TABLE orders TO purchases;
ALTER TABLE purchases DROP PRIMARY KEY, ADD PRIMARY KEY (id, number);
