<?php
namespace App\Models;

class Order extends Numbered
{
    public const TABLE = 'tbl_orders';

    protected $table = self::TABLE;
}
