<?php

namespace App\Http\Controllers;

use App\Jobs\ConfirmPayment;
use Illuminate\Http\Request;
use Illuminate\Http\Response;

class PaymentWebhookController
{
    public function __invoke(Request $request): Response
    {
        $expected = hash_hmac('sha256', $request->getContent(), (string) config('services.moyasar.webhook_secret'));

        if (! hash_equals($expected, (string) $request->header('X-Signature'))) {
            return response('', 401);
        }

        ConfirmPayment::dispatch($request->json()->all());

        return response('', 202);
    }
}
