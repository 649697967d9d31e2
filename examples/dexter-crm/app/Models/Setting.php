<?php

namespace App\Models;

use Illuminate\Database\Eloquent\Model;
use Illuminate\Support\Facades\Cache;

class Setting extends Model
{
    protected $fillable = ['key', 'value'];

    public static function value(string $key, mixed $default = null): mixed
    {
        $all = Cache::remember('settings.all', 3600, fn () => self::query()->pluck('value', 'key')->all());

        return $all[$key] ?? $default;
    }
}
