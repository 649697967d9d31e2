<?php
use Illuminate\Support\Str;
return [
    'name' => env('HORIZON_NAME'), 'domain' => env('HORIZON_DOMAIN'), 'path' => env('HORIZON_PATH', 'horizon'), 'use' => 'default',
    'prefix' => env('HORIZON_PREFIX', Str::slug(env('APP_NAME', 'laravel'), '_').'_horizon:'),
    'middleware' => ['web'],
    'waits' => ['redis:default' => 60],
    'trim' => ['recent' => 60, 'failed' => 60 * 24 * 7, 'monitored' => 10080],
    'silenced' => [// App\Jobs\ExampleJob::class,
    ],
    'metrics' => ['trim_snapshots' => ['job' => 24, 'queue' => 24]],
    'fast_termination' => false, 'memory_limit' => 64,
    'defaults' => ['supervisor-1' => ['connection' => 'redis', 'queue' => ['default'], 'balance' => 'auto', 'maxProcesses' => 1, 'tries' => 1, 'timeout' => 60, 'nice' => 0]],
    'environments' => [
        'production' => ['supervisor-1' => ['maxProcesses' => (int) env('HORIZON_MAX', 10), 'balanceMaxShift' => 1, 'balanceCooldown' => 3]],
        'local' => ['supervisor-1' => ['maxProcesses' => 3]],
        env('APP_ENV', 'production') => ['supervisor-1' => ['maxProcesses' => max(1, (int) env('HORIZON_PROCESSES', 2))]],
    ],
];
