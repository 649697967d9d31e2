<?php

namespace Tests\Feature;

use App\Jobs\ConfirmPayment;
use Illuminate\Foundation\Testing\TestCase;
use Illuminate\Support\Facades\Queue;

class PaymentWebhookTest extends TestCase
{
    public function test_a_forged_signature_is_refused(): void
    {
        Queue::fake();

        $this->postJson('/webhooks/saudi-payments', ['data' => []], ['X-Signature' => 'forged'])->assertStatus(401);

        Queue::assertNothingPushed();
    }

    public function test_a_signed_event_is_queued(): void
    {
        Queue::fake();
        config(['services.moyasar.webhook_secret' => 'for tests']);
        $body = json_encode(['data' => ['id' => 'one']]);

        $this->call('POST', '/webhooks/saudi-payments', server: [
            'HTTP_X_SIGNATURE' => hash_hmac('sha256', $body, 'for tests'),
            'CONTENT_TYPE' => 'application/json',
        ], content: $body)->assertStatus(202);

        Queue::assertPushed(ConfirmPayment::class);
    }
}
