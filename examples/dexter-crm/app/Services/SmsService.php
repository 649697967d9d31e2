<?php

namespace App\Services;

use Illuminate\Support\Facades\Http;

class SmsService
{
    public function send(string $phone, string $text): void
    {
        if (! config('services.sms.enabled')) {
            return;
        }

        Http::withToken(config('services.taqnyat.key'))
            ->timeout(10)
            ->post('https://sms.example.org/v1/messages', [
                'recipients' => [$phone],
                'sender' => config('services.taqnyat.sender'),
                'body' => $text,
            ])
            ->throw();
    }
}
