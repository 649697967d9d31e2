<?php
$origins = env('CORS_ORIGINS', env('ORIGINS'));
$allowed = ['https://www.example.org'];
if ($origins !== null && $origins !== '') {
    foreach (explode(',', $origins) as $origin) {
        $origin = trim($origin);
        if ($origin === '' || in_array($origin, $allowed, true)) {
            continue;
        }
        $allowed[] = rtrim($origin, '/');
    }
}
if (env('APP_ENV') !== 'production') {
    $allowed[] = 'http://localhost:3000';
}
return ['paths' => ['api/*'], 'allowed_origins' => $allowed, 'supports_credentials' => count($allowed) > 0 && !in_array('*', $allowed)];
