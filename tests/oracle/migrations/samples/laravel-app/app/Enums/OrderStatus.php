<?php
namespace App\Enums;
enum OrderStatus: string
{
    case Pending = 'pending';
    case Paid = 'paid';
    public const DEFAULT = self::Pending;
    public static function values(): array { return array_column(self::cases(), 'value'); }
}
