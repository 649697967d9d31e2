<?php
return [
    'name' => env('APP_NAME', 'Laravel'),
    'env' => env('APP_ENV', 'production'),
    'debug' => (bool) env('APP_DEBUG', false),
    'url' => env('APP_URL', 'http://localhost'),
    'asset_url' => env('ASSET_URL', null),
    'timezone' => 'UTC', 'locale' => 'en', 'fallback_locale' => 'en', 'faker_locale' => 'en_US',
    'key' => env('APP_KEY'), 'cipher' => 'AES-256-CBC',
    'providers' => [
        Illuminate\Auth\AuthServiceProvider::class,
        /* Package Service Providers... */
        App\Providers\AppServiceProvider::class,
        // App\Providers\BroadcastServiceProvider::class,
    ],
    'aliases' => ['App' => Illuminate\Support\Facades\App::class, 'Str' => Illuminate\Support\Str::class],
];
