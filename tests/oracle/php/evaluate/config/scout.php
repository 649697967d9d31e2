<?php
return [
    'driver' => env('SCOUT_DRIVER', 'algolia'), 'prefix' => env('SCOUT_PREFIX', ''), 'queue' => env('SCOUT_QUEUE', false), 'after_commit' => false,
    'chunk' => ['searchable' => 500, 'unsearchable' => 500], 'soft_delete' => false, 'identify' => env('SCOUT_IDENTIFY', false),
    'meilisearch' => ['host' => env('MEILISEARCH_HOST', 'http://localhost:7700'), 'key' => env('MEILISEARCH_KEY'), 'index-settings' => [App\Models\Post::class => ['filterableAttributes' => ['id', 'name']]]],
    'typesense' => ['client-settings' => ['nodes' => [['host' => env('TYPESENSE_HOST', 'localhost'), 'port' => env('TYPESENSE_PORT', '8108')]], 'connection_timeout_seconds' => env('TYPESENSE_CONNECTION_TIMEOUT_SECONDS', 2)]],
];
