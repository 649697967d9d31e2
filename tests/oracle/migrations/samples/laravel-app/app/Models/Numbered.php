<?php
namespace App\Models;

use Illuminate\Database\Eloquent\Model;

abstract class Numbered extends Model
{
    protected $primaryKey = 'number';
}
