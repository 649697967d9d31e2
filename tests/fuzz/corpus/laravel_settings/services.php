<?php

$driver = fn (string $name, array $more = []) => ['driver' => $name] + $more;

return array(
    'mail' => $driver('smtp', ['port' => (int) env('MAIL_PORT', '587')]),
    'stripe' => [
        'live' => str_starts_with((string) env('STRIPE_SECRET', ''), 'sk_live_'),
        'currencies' => array_map(strtoupper(...), ['sar', 'usd']),
    ],
    'search' => [
        'enabled' => filter_var(env('ON', 'off'), FILTER_VALIDATE_BOOLEAN),
        'hosts' => collect(explode(',', env('ORIGINS')))->map(fn ($x) => trim($x))->filter()->values()->all(),
    ],
    'region' => match (env('APP_ENV', 'local')) {
        'production', 'staging' => 'me-central-1',
        default => 'none',
    },
    'classes' => [\App\Models\User::class, DateTimeZone::class],
    'callback' => fn () => 1,
    'nullsafe' => null?->value,
    'either' => env('MISSING') ?: env('NUMBER', 'fallback'),
    'json' => json_decode(env('JSON', '{}'), true)['b'][2] ?? null,
    'time' => time() > 0 ? 'later' : 'earlier',
    'ternaries' => env('YES') ? (env('MISSING') ? 1 : 2) : 3,
    'closure' => (function () { return func_get_args() ?: 'none'; })(),
);
