<?php

namespace App\Http\Controllers\Api;

use App\Models\Product;
use App\Services\Cart;
use Illuminate\Http\JsonResponse;
use Illuminate\Http\Request;

class CartController
{
    public function add(Request $request, Cart $cart): JsonResponse
    {
        $data = $request->validate(['product_id' => ['required', 'integer'], 'quantity' => ['integer', 'between:1,20']]);

        $cart->add(Product::active()->findOrFail($data['product_id']), $data['quantity'] ?? 1);

        return response()->json(['count' => $cart->count()]);
    }
}
