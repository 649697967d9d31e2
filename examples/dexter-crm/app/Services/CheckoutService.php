<?php

namespace App\Services;

use App\Models\Order;
use App\Models\Product;
use App\Models\User;
use Illuminate\Support\Facades\DB;
use Illuminate\Support\Str;

class CheckoutService
{
    public function __construct(private Cart $cart)
    {
    }

    public function place(User $user, array $data): Order
    {
        return DB::transaction(function () use ($user, $data) {
            $order = Order::create([
                'user_id' => $user->id,
                'order_number' => Str::upper(Str::ulid()),
                'status' => 'new',
                'payment_method' => $data['payment_method'],
                'payment_status' => 'pending',
                'total' => 0,
            ]);

            foreach (Product::lockForUpdate()->findMany(array_keys($this->cart->lines())) as $product) {
                $quantity = $this->cart->lines()[$product->id];
                $product->decrement('stock', $quantity);
                $order->items()->create(['product_id' => $product->id, 'quantity' => $quantity, 'price' => $product->price]);
                $order->total += $quantity * $product->price;
            }

            return tap($order)->save();
        });
    }

    public function next(Order $order): string
    {
        return $order->payment_method === Order::ONLINE ? route('payments.start', $order) : route('orders.thanks', $order);
    }
}
