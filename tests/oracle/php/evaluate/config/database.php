<?php

return [
    'default' => env('DB_CONNECTION', 'pgsql'),
    'connections' => [
        'mysql' => [
            'driver' => 'mysql',
            'port' => env('DB_PORT', '3306'),
            'options' => extension_loaded('pdo_mysql') ? array_filter([
                PDO::ATTR_CASE => env('MISSING'),
            ]) : [],
            'strict' => ! env('DB_LAX', false),
        ],
        'other' => [
            'options' => [PDO::ATTR_CASE => 1, 'x' => 2],
            'persistent' => extension_loaded('redis') && env('MISSING'),
            'sure' => env('YES') || extension_loaded('redis'),
            'unsure' => extension_loaded('no such extension') ? 'a' : 'b',
            'alike' => extension_loaded('redis') ? env('NUMBER') : '42',
        ],
    ],
    'redis' => array_merge(['client' => 'phpredis'], env('MISSING') ? ['x' => 1] : []),
];
