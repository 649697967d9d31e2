<?php
return [
    'dsn' => env('SENTRY_LARAVEL_DSN', env('SENTRY_DSN')), 'release' => env('SENTRY_RELEASE'), 'environment' => env('SENTRY_ENVIRONMENT', env('APP_ENV')),
    'sample_rate' => env('SENTRY_SAMPLE_RATE') === null ? 1.0 : (float) env('SENTRY_SAMPLE_RATE'),
    'traces_sample_rate' => env('SENTRY_TRACES_SAMPLE_RATE') === null ? null : (float) env('SENTRY_TRACES_SAMPLE_RATE'),
    'send_default_pii' => env('SENTRY_SEND_DEFAULT_PII', false),
    'ignore_exceptions' => [], 'ignore_transactions' => ['/up'],
    'breadcrumbs' => ['logs' => env('SENTRY_BREADCRUMBS_LOGS_ENABLED', true), 'sql_bindings' => env('SENTRY_BREADCRUMBS_SQL_BINDINGS_ENABLED', false)],
    'tracing' => ['sql_origin_threshold_ms' => env('SENTRY_TRACE_SQL_ORIGIN_THRESHOLD_MS', 100)],
    'before_send' => function ($event) { return $event; },
    'callable' => [App\Sentry::class, 'beforeSend'],
];
