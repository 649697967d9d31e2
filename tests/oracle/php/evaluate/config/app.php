<?php

use Illuminate\Support\Str;

/*
 * 'debug' => true in a remark counts for nothing
 */
return [
    'name' => env('APP_NAME', 'Laravel'),
    'env' => env('APP_ENV', 'production'),
    'debug' => (bool) env('APP_DEBUG', false), // 'debug' => true
    "url" => rtrim(env('APP_URL', 'http://localhost'), '/'),
    'asset_url' => env('ASSET_URL', '/'),
    'timezone' => 'Asia/Riyadh',
    'locales' => ['ar' => ['dir' => 'rtl', 'name' => 'العربية'], 'en' => ['dir' => 'ltr', 'name' => 'English']],
    'key' => env('APP_KEY'),
    'previous_keys' => [...array_filter(explode(',', (string) env('APP_PREVIOUS_KEYS', '')))],
    'maintenance' => ['driver' => env('MAINTENANCE_DRIVER', 'file'), 'store' => env('MAINTENANCE_STORE', 'database')],
    'slug' => Str::slug(env('APP_NAME'), '_') . '_' . Str::lower('X'),
    'secure' => str_starts_with(env('APP_URL', ''), 'https://'),
    'path' => storage_path('framework/views'),
    'log' => env('LOG_PATH', storage_path('logs') . '/laravel.log'),
    'mixed' => ['fixed' => 1, 'path' => base_path('x'), 'list' => ['a', resource_path('b'), 'c']],
    'limits' => ['upload' => 8 * 1024 ** 2, 'ratio' => 3 / 4, 'mode' => 0644, 'half' => .5],
];
