<?php
return [
    'default' => env('REVERB_SERVER', 'reverb'),
    'servers' => ['reverb' => ['host' => env('REVERB_SERVER_HOST', '0.0.0.0'), 'port' => env('REVERB_SERVER_PORT', 8080), 'max_request_size' => env('REVERB_MAX_REQUEST_SIZE', 10_000), 'scaling' => ['enabled' => env('REVERB_SCALING_ENABLED', false), 'server' => ['url' => env('REDIS_URL'), 'database' => env('REDIS_DB', '0')]]]],
    'apps' => ['provider' => 'config', 'apps' => [['key' => env('REVERB_APP_KEY'), 'allowed_origins' => ['*'], 'ping_interval' => env('REVERB_APP_PING_INTERVAL', 60)]]],
];
