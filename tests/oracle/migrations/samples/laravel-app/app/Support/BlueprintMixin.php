<?php
namespace App\Support;
class BlueprintMixin
{
    public function publishing()
    {
        return function (string $prefix = '') {
            $this->timestamp($prefix . 'published_at')->nullable()->index();
            $this->boolean($prefix . 'is_public')->default(false);
        };
    }
}
