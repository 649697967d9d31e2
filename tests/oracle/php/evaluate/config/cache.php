<?php
use Illuminate\Support\Str;
return [
    'default' => env('CACHE_STORE', env('CACHE_DRIVER', 'file')),
    'stores' => [
        'array' => ['driver' => 'array', 'serialize' => false],
        'memcached' => ['driver' => 'memcached', 'persistent_id' => env('MEMCACHED_PERSISTENT_ID'), 'sasl' => [env('MEMCACHED_USERNAME'), env('MEMCACHED_PASSWORD')], 'options' => [ /* Memcached::OPT_CONNECT_TIMEOUT => 2000, */ ], 'servers' => [['host' => env('MEMCACHED_HOST', '127.0.0.1'), 'port' => env('MEMCACHED_PORT', 11211), 'weight' => 100]]],
        'redis' => ['driver' => 'redis', 'connection' => env('REDIS_CACHE_CONNECTION', 'cache'), 'lock_connection' => env('REDIS_CACHE_LOCK_CONNECTION', 'default')],
        'many' => ['servers' => array_map(function ($server) { $parts = explode(':', $server, 2); return ['host' => $parts[0], 'port' => (int) ($parts[1] ?? 11211)]; }, explode(',', env('MEMCACHED_SERVERS', 'a:1,b')))],
    ],
    'prefix' => env('CACHE_PREFIX', Str::slug((string) env('APP_NAME', 'laravel'), '_').'_cache_'),
    'prefix12' => env('CACHE_PREFIX', Str::slug((string) env('APP_NAME', 'laravel')).'-cache-'),
    'ttl' => env('CACHE_TTL', 60 * 60 * 24),
];
