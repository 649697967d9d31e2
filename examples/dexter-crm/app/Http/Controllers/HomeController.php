<?php

namespace App\Http\Controllers;

use App\Models\Category;
use App\Models\Product;
use Illuminate\Support\Facades\Cache;
use Illuminate\View\View;

class HomeController
{
    public function __invoke(): View
    {
        $categories = Cache::remember('categories.all', 3600, function () {
            return Category::active()->with('children')->whereNull('parent_id')->get();
        });

        return view('home', [
            'categories' => $categories,
            'products' => Product::active()->with('category')->latest()->limit(12)->get(),
        ]);
    }
}
