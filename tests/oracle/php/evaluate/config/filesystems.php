<?php
return [
    'default' => env('FILESYSTEM_DISK', env('FILESYSTEM_DRIVER', 'local')),
    'cloud' => env('FILESYSTEM_CLOUD', 's3'),
    'disks' => [
        'local' => ['driver' => 'local', 'root' => storage_path('app/private'), 'serve' => true, 'throw' => false],
        'public' => ['driver' => 'local', 'root' => storage_path('app/public'), 'url' => env('APP_URL').'/storage', 'visibility' => 'public'],
        'public12' => ['url' => rtrim(env('APP_URL', 'http://localhost'), '/').'/storage'],
        's3' => ['driver' => 's3', 'key' => env('AWS_ACCESS_KEY_ID'), 'url' => env('AWS_URL'), 'use_path_style_endpoint' => env('AWS_USE_PATH_STYLE_ENDPOINT', false), 'permissions' => ['file' => ['public' => 0644, 'private' => 0600], 'dir' => ['public' => 0755]]],
        'cdn' => ['url' => (env('CDN_URL') ?: env('APP_URL', 'http://localhost')) . '/' . trim(env('CDN_PATH', '/assets/'), '/')],
    ],
    'links' => [public_path('storage') => storage_path('app/public')],
];
