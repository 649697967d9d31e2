<?php

namespace App\Http\Controllers;

use App\Models\Product;
use Illuminate\Http\JsonResponse;
use Illuminate\Http\Request;
use Illuminate\View\View;

class ProductController
{
    public function index(Request $request): View
    {
        $products = Product::active()
            ->with('category')
            ->when($request->integer('category'), fn ($query, $id) => $query->where('category_id', $id))
            ->when($request->integer('max_price'), fn ($query, $price) => $query->where('price', '<=', $price))
            ->orderBy($request->input('sort') === 'price' ? 'price' : 'created_at')
            ->paginate(24);

        return view('products.index', ['products' => $products]);
    }

    public function show(Product $product): View
    {
        return view('products.show', ['product' => $product->load('category')]);
    }

    public function list(): JsonResponse
    {
        return response()->json(Product::active()->with('category')->paginate(24));
    }
}
