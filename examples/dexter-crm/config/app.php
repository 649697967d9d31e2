<?php

return [

    'name' => env('APP_NAME', 'Dexter CRM'),

    'env' => env('APP_ENV', 'production'),

    'debug' => (bool) env('APP_DEBUG', false),

    'url' => env('APP_URL', 'http://localhost'),

    'timezone' => 'Asia/Riyadh',

    'locale' => env('APP_LOCALE', 'ar'),

    'fallback_locale' => 'en',

    'cipher' => 'AES-256-CBC',

    'key' => env('APP_KEY'),

];
