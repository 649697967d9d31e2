<?php

namespace App\Http\Controllers;

use App\Models\Order;
use App\Services\CheckoutService;
use Illuminate\Http\RedirectResponse;
use Illuminate\Http\Request;
use Illuminate\View\View;

class CheckoutController
{
    public function create(): View
    {
        return view('checkout.create');
    }

    public function store(Request $request, CheckoutService $checkout): RedirectResponse
    {
        $order = $checkout->place($request->user(), $request->validate([
            'address' => ['required', 'string', 'max:500'],
            'payment_method' => ['required', 'in:'.Order::CASH.','.Order::ONLINE],
        ]));

        return redirect()->to($checkout->next($order));
    }
}
