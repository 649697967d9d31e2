<?php
$url = parse_url(env('DATABASE_URL', 'postgres://user:pa%24s@db.example.org:5432/shop?sslmode=require'));
$host = $url['host'] ?? null;
$query = [];
return [
    'default' => 'pgsql',
    'connections' => ['pgsql' => [
        'host' => $host,
        'port' => $url['port'] ?? 5432,
        'username' => $url['user'] ?? null,
        'password' => isset($url['pass']) ? urldecode($url['pass']) : null,
        'database' => ltrim($url['path'] ?? '', '/'),
        'scheme' => $url['scheme'] ?? '',
        'db2' => substr($url['path'] ?? '/x', 1),
        'ssl' => str_contains($url['query'] ?? '', 'sslmode=require') ? 'require' : 'prefer',
    ]],
];
