CREATE TYPE state AS ENUM ('open', 'paid');
CREATE TABLE shops (
    id bigserial PRIMARY KEY,
    "Name" text NOT NULL,
    slug varchar(120) NOT NULL UNIQUE,
    city text DEFAULT 'Riyadh',
    opened_at timestamptz NOT NULL DEFAULT now(),
    CHECK (slug <> '')
);
CREATE TABLE products (
    id bigint GENERATED ALWAYS AS IDENTITY,
    shop_id bigint NOT NULL REFERENCES shops ON DELETE CASCADE,
    slug text NOT NULL,
    price numeric(12, 2) NOT NULL DEFAULT 0,
    tags text[],
    search text GENERATED ALWAYS AS (lower(slug)) STORED,
    CONSTRAINT products_key PRIMARY KEY (id),
    UNIQUE (shop_id, slug)
);
CREATE INDEX ON products (price);
CREATE INDEX ON products (price DESC, slug);
CREATE INDEX products_open ON products (slug) WHERE price > 0;
CREATE TABLE orders (
    id uuid PRIMARY KEY,
    number integer,
    state state NOT NULL DEFAULT 'open',
    product_id bigint,
    note text,
    FOREIGN KEY (product_id) REFERENCES products (id) ON DELETE SET NULL
);
CREATE TABLE order_lines (LIKE orders INCLUDING DEFAULTS);
