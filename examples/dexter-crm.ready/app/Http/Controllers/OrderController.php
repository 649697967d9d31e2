<?php

namespace App\Http\Controllers;

use App\Models\Order;
use App\Services\CheckoutService;
use Illuminate\Http\JsonResponse;
use Illuminate\Http\Request;

class OrderController
{
    public function index(Request $request): JsonResponse
    {
        $orders = Order::with(['user', 'items.product', 'payments'])
            ->where('user_id', $request->user()->id)
            ->latest()
            ->paginate(20);

        return response()->json($orders);
    }

    public function store(Request $request, CheckoutService $checkout): JsonResponse
    {
        $data = $request->validate([
            'address' => ['required', 'string', 'max:500'],
            'payment_method' => ['required', 'in:'.Order::CASH.','.Order::ONLINE],
        ]);

        $order = $checkout->place($request->user(), $data);

        return response()->json($order, 201);
    }
}
