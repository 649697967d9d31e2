<?php

return [

    'payment' => [
        'gateway' => env('PAYMENT_GATEWAY', 'moyasar'),
        'mode' => env('PAYMENT_GATEWAY_MODE', 'test'),
    ],

    'moyasar' => [
        'mode' => env('MOYASAR_MODE', 'test'),
        'publishable_key' => env('MOYASAR_PUBLISHABLE_KEY'),
        'secret_key' => env('MOYASAR_SECRET_KEY'),
        'webhook_secret' => env('MOYASAR_WEBHOOK_SECRET'),
    ],

    'sms' => [
        'provider' => env('SMS_PROVIDER', 'taqnyat'),
        'enabled' => env('SMS_ENABLED', false),
    ],

    'taqnyat' => [
        'key' => env('TAQNYAT_API_KEY'),
        'sender' => env('TAQNYAT_SENDER'),
    ],

    'meta' => [
        'pixel_id' => env('META_PIXEL_ID'),
    ],

];
