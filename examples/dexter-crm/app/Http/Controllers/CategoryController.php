<?php

namespace App\Http\Controllers;

use App\Models\Category;
use Illuminate\Http\JsonResponse;
use Illuminate\Support\Facades\Cache;

class CategoryController
{
    public function list(): JsonResponse
    {
        return response()->json(Cache::remember('categories.api', 3600, function () {
            return Category::active()->with('children')->get();
        }));
    }
}
