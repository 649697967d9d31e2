<?php
use Laravel\Telescope\Http\Middleware\Authorize;
use Laravel\Telescope\Watchers;
return [
    'enabled' => env('TELESCOPE_ENABLED', true), 'domain' => env('TELESCOPE_DOMAIN'), 'path' => env('TELESCOPE_PATH', 'telescope'), 'driver' => env('TELESCOPE_DRIVER', 'database'),
    'storage' => ['database' => ['connection' => env('DB_CONNECTION', 'mysql'), 'chunk' => 1000]],
    'queue' => ['connection' => env('TELESCOPE_QUEUE_CONNECTION'), 'queue' => env('TELESCOPE_QUEUE'), 'delay' => env('TELESCOPE_QUEUE_DELAY', 10)],
    'middleware' => ['web', Authorize::class],
    'only_paths' => [], 'ignore_paths' => ['livewire*', 'nova-api*'], 'ignore_commands' => [],
    'watchers' => [
        Watchers\BatchWatcher::class => env('TELESCOPE_BATCH_WATCHER', true),
        Watchers\CacheWatcher::class => ['enabled' => env('TELESCOPE_CACHE_WATCHER', true), 'hidden' => []],
        Watchers\QueryWatcher::class => ['enabled' => env('TELESCOPE_QUERY_WATCHER', true), 'ignore_packages' => true, 'slow' => 100],
        Watchers\GateWatcher::class => ['enabled' => env('TELESCOPE_GATE_WATCHER', true), 'ignore_abilities' => []],
    ],
];
