CREATE TABLE shops (
    id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
    name varchar(120) NOT NULL,
    slug varchar(120) NOT NULL UNIQUE,
    city varchar(60) DEFAULT 'Riyadh',
    state enum('open', 'closed') NOT NULL DEFAULT 'open',
    opened_at timestamp NULL,
    KEY by_city (city, name),
    FULLTEXT KEY text_name (name)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
CREATE TABLE products (
    id bigint unsigned NOT NULL AUTO_INCREMENT,
    shop_id bigint unsigned NOT NULL,
    parent_id bigint unsigned,
    price decimal(12, 2) NOT NULL DEFAULT 0,
    doubled decimal(14, 2) AS (price * 2) VIRTUAL,
    PRIMARY KEY (id),
    CONSTRAINT products_shop FOREIGN KEY (shop_id) REFERENCES shops (id) ON DELETE CASCADE,
    FOREIGN KEY (parent_id) REFERENCES products (id) ON DELETE SET NULL
);
CREATE TABLE `orders` (
    `id` char(36) NOT NULL,
    `product_id` bigint unsigned,
    `number` int,
    PRIMARY KEY (`id`),
    UNIQUE KEY `by_number` (`number`, `product_id`)
);
