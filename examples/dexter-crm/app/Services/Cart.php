<?php

namespace App\Services;

use App\Models\Product;
use Illuminate\Contracts\Session\Session;

class Cart
{
    public function __construct(private Session $session)
    {
    }

    public function add(Product $product, int $quantity): void
    {
        $lines = $this->session->get('cart', []);
        $lines[$product->id] = min(($lines[$product->id] ?? 0) + $quantity, $product->stock);
        $this->session->put('cart', $lines);
    }

    public function count(): int
    {
        return array_sum($this->session->get('cart', []));
    }

    /** @return array<int, int> quantity by product */
    public function lines(): array
    {
        return $this->session->get('cart', []);
    }
}
