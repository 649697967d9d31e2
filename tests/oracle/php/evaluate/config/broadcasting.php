<?php
return [
    'default' => env('BROADCAST_CONNECTION', 'null'),
    'connections' => [
        'reverb' => ['driver' => 'reverb', 'key' => env('REVERB_APP_KEY'), 'options' => ['host' => env('REVERB_HOST'), 'port' => env('REVERB_PORT', 443), 'scheme' => env('REVERB_SCHEME', 'https'), 'useTLS' => env('REVERB_SCHEME', 'https') === 'https'], 'client_options' => []],
        'pusher' => ['options' => ['cluster' => env('PUSHER_APP_CLUSTER'), 'host' => env('PUSHER_HOST') ?: 'api-'.env('PUSHER_APP_CLUSTER', 'mt1').'.pusher.com', 'encrypted' => true, 'useTLS' => env('PUSHER_SCHEME', 'https') === 'https']],
        'null' => ['driver' => 'null'],
    ],
];
