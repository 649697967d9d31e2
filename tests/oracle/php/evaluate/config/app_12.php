<?php
return [
    'name' => env('APP_NAME', 'Laravel'),
    'env' => env('APP_ENV', 'production'),
    'debug' => (bool) env('APP_DEBUG', false),
    'url' => env('APP_URL', 'http://localhost'),
    'timezone' => env('APP_TIMEZONE', 'UTC'),
    'locale' => env('APP_LOCALE', 'en'),
    'fallback_locale' => env('APP_FALLBACK_LOCALE', 'en'),
    'cipher' => 'AES-256-CBC',
    'key' => env('APP_KEY'),
    'previous_keys' => [
        ...array_filter(
            explode(',', (string) env('APP_PREVIOUS_KEYS', ''))
        ),
    ],
    'maintenance' => [
        'driver' => env('APP_MAINTENANCE_DRIVER', 'file'),
        'store' => env('APP_MAINTENANCE_STORE', 'database'),
    ],
    'force_https' => env('FORCE_HTTPS', env('APP_ENV', 'production') === 'production'),
    'supported_locales' => array_map('trim', explode(',', env('APP_LOCALES', 'en, de ,fr'))),
    'locales' => ['en' => 'English', 'de' => 'Deutsch'],
    'default_locale_valid' => array_key_exists(env('APP_LOCALE', 'en'), ['en' => 1, 'de' => 2]),
    'is_secure' => str_starts_with((string) env('APP_URL'), 'https://'),
    'domain' => Illuminate\Support\Str::after(env('APP_URL', 'http://localhost'), '://'),
    'port' => parse_url((string) env('APP_URL', ''), PHP_URL_PORT) ?? (str_starts_with((string) env('APP_URL', ''), 'https') ? 443 : 80),
];
