<?php

namespace App\Jobs;

use App\Models\Order;
use Illuminate\Bus\Queueable;
use Illuminate\Contracts\Queue\ShouldQueue;
use Illuminate\Foundation\Bus\Dispatchable;

class ConfirmPayment implements ShouldQueue
{
    use Dispatchable, Queueable;

    public int $tries = 3;

    public function __construct(private array $event)
    {
    }

    public function handle(): void
    {
        $order = Order::where('order_number', $this->event['data']['metadata']['order_number'])->firstOrFail();
        $order->payments()->updateOrCreate(
            ['provider_id' => $this->event['data']['id']],
            ['amount' => $this->event['data']['amount'] / 100, 'status' => $this->event['data']['status']],
        );
        $order->update(['payment_status' => $this->event['data']['status']]);
    }
}
