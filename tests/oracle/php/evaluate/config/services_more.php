<?php
return [
    'mailgun' => ['domain' => env('MAILGUN_DOMAIN'), 'secret' => env('MAILGUN_SECRET'), 'endpoint' => env('MAILGUN_ENDPOINT', 'api.mailgun.net'), 'scheme' => 'https'],
    'slack' => ['notifications' => ['bot_user_oauth_token' => env('SLACK_BOT_USER_OAUTH_TOKEN'), 'channel' => env('SLACK_BOT_USER_DEFAULT_CHANNEL')]],
    'github' => ['client_id' => env('GITHUB_CLIENT_ID'), 'redirect' => env('GITHUB_REDIRECT', env('APP_URL') . '/auth/github/callback')],
    'google' => ['redirect' => sprintf('%s/auth/google/callback', rtrim((string) env('APP_URL'), '/'))],
    'stripe' => ['model' => App\Models\User::class, 'live' => ! str_starts_with((string) env('STRIPE_KEY', 'pk_test_'), 'pk_test'), 'webhook' => ['secret' => env('STRIPE_WEBHOOK_SECRET'), 'tolerance' => env('STRIPE_WEBHOOK_TOLERANCE', 300)]],
    'features' => ['beta' => env('FEATURE_BETA', env('APP_ENV', 'production') !== 'production'), 'rollout' => (float) env('FEATURE_ROLLOUT', '0.25'), 'percent' => 100 * (float) env('FEATURE_ROLLOUT', 0.25) . '%'],
    'keys' => array_combine(['a', 'b'], array_pad(explode(',', env('KEYS', 'x')), 2, null)),
    'pairs' => collect(explode(',', env('PAIRS', 'a=1,b=2')))->mapWithKeys(function ($pair) { [$k, $v] = array_pad(explode('=', $pair, 2), 2, null); return [$k => $v]; })->all(),
    'auth' => base64_encode(env('API_USER', 'u') . ':' . env('API_PASSWORD', 'p')),
];
