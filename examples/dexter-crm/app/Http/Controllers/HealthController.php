<?php

namespace App\Http\Controllers;

use Illuminate\Http\JsonResponse;
use Illuminate\Support\Facades\Cache;
use Illuminate\Support\Facades\DB;
use Illuminate\Support\Facades\Queue;
use Throwable;

class HealthController
{
    public function __invoke(): JsonResponse
    {
        $database = $this->works(fn () => DB::select('select 1'));
        $cache = $this->works(fn () => Cache::put('health', 1, 10));
        $queue = $this->works(fn () => Queue::size());
        $healthy = $database && $cache && $queue;

        return response()->json([
            'status' => $healthy ? 'ok' : 'error',
            'database' => $database ? 'connected' : 'disconnected',
            'cache' => $cache ? 'working' : 'not_working',
            'queue' => $queue ? 'working' : 'not_working',
        ], $healthy ? 200 : 503);
    }

    private function works(callable $probe): bool
    {
        try {
            $probe();

            return true;
        } catch (Throwable $problem) {
            report($problem);

            return false;
        }
    }
}
