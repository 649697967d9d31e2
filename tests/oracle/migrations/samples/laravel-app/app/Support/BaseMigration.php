<?php
namespace App\Support;
use Illuminate\Database\Migrations\Migration;
use Illuminate\Database\Schema\Blueprint;
use Illuminate\Support\Facades\Schema;
abstract class BaseMigration extends Migration
{
    protected $table;
    protected function standard(Blueprint $table)
    {
        $table->id();
        $table->timestamps();
        $table->softDeletes();
    }
    public function down()
    {
        Schema::dropIfExists($this->table);
    }
}
