<?php
return [
    'enabled' => env('DEBUGBAR_ENABLED', null), 'hide_empty_tabs' => env('DEBUGBAR_HIDE_EMPTY_TABS', true), 'except' => ['telescope*', 'horizon*'],
    'storage' => ['enabled' => env('DEBUGBAR_STORAGE_ENABLED', true), 'open' => env('DEBUGBAR_OPEN_STORAGE'), 'path' => storage_path('debugbar'), 'connection' => env('DEBUGBAR_STORAGE_CONNECTION', null)],
    'editor' => env('DEBUGBAR_EDITOR') ?: env('IGNITION_EDITOR', 'phpstorm'),
    'remote_sites_path' => env('DEBUGBAR_REMOTE_SITES_PATH'),
    'error_level' => env('DEBUGBAR_ERROR_LEVEL', E_ALL), 'quiet' => E_ALL & ~E_DEPRECATED & ~E_STRICT,
    'options' => ['db' => ['explain' => ['enabled' => false, 'types' => ['SELECT']], 'slow_threshold' => env('X_SLOW', false), 'backtrace_exclude_paths' => []]],
];
