<?php
return [
    'paths' => ['api/*', 'sanctum/csrf-cookie', 'login', 'logout'],
    'allowed_methods' => ['*'],
    'allowed_origins' => array_values(array_filter(array_map('trim', explode(',', (string) env('CORS_ALLOWED_ORIGINS', env('ORIGINS', env('FRONTEND_URL', 'http://localhost:3000'))))))),
    'allowed_origins_patterns' => array_filter([env('CORS_PATTERN'), '#^https://.*\.example\.org$#']),
    'allowed_headers' => ['*'],
    'exposed_headers' => [],
    'max_age' => (int) env('CORS_MAX_AGE', 0),
    'supports_credentials' => filter_var(env('CORS_CREDENTIALS', true), FILTER_VALIDATE_BOOLEAN),
];
