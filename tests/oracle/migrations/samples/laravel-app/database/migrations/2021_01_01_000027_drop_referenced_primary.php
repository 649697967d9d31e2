<?php

use Illuminate\Database\Migrations\Migration;
use Illuminate\Database\Schema\Blueprint;
use Illuminate\Support\Facades\DB;
use Illuminate\Support\Facades\Schema;

return new class extends Migration
{
    public function up()
    {
        Schema::create('zones', function (Blueprint $table) {
            $table->string('code', 8)->primary();
        });
        Schema::create('zone_rates', function (Blueprint $table) {
            $table->id();
            $table->string('zone_code', 8);
            $table->foreign('zone_code')->references('code')->on('zones');
        });
    }
    public function down()
    {
        Schema::table('zones', function (Blueprint $table) {
            $table->dropPrimary();
        });
        Schema::dropIfExists('zone_rates');
        Schema::dropIfExists('zones');
    }
};
