<?php
use Laravel\Octane\Contracts\OperationTerminated;
use Laravel\Octane\Events\RequestReceived;
use Laravel\Octane\Events\WorkerStarting;
use Laravel\Octane\Octane;
return [
    'server' => env('OCTANE_SERVER', 'roadrunner'), 'https' => env('OCTANE_HTTPS', false),
    'listeners' => [
        WorkerStarting::class => [Laravel\Octane\Listeners\EnsureUploadedFilesAreValid::class],
        OperationTerminated::class => [/* x */],
    ],
    'warm' => [...['a'], ...['b']], 'flush' => [],
    'tables' => ['example:1000' => ['name' => 'string:1000', 'votes' => 'int']],
    'cache' => ['rows' => 1000, 'bytes' => 10000], 'watch' => ['app', 'bootstrap', 'config/**/*.php'], 'garbage' => 50, 'max_execution_time' => 30,
];
