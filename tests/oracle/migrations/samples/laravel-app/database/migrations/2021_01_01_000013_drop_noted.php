<?php

use Illuminate\Database\Migrations\Migration;
use Illuminate\Database\Schema\Blueprint;
use Illuminate\Support\Facades\DB;
use Illuminate\Support\Facades\Schema;

return new class extends Migration
{
    public function up()
    {
        Schema::table('order_lines', function (Blueprint $table) {
            $table->integer('weight')->default(0);
            $table->unique(['weight', 'position']);
        });
    }
    public function down()
    {
        Schema::table('order_lines', function (Blueprint $table) {
            $table->dropColumn('weight');
        });
    }
};
