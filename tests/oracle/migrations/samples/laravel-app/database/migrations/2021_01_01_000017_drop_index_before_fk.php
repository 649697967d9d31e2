<?php

use Illuminate\Database\Migrations\Migration;
use Illuminate\Database\Schema\Blueprint;
use Illuminate\Support\Facades\DB;
use Illuminate\Support\Facades\Schema;

return new class extends Migration
{
    public function up()
    {
        Schema::table('companies', function (Blueprint $table) {
            $table->unsignedBigInteger('sister_id')->nullable();
            $table->index('sister_id');
            $table->foreign('sister_id')->references('id')->on('companies');
        });
    }
    public function down()
    {
        Schema::table('companies', function (Blueprint $table) {
            $table->dropIndex(['sister_id']);
            $table->dropForeign(['sister_id']);
            $table->dropColumn('sister_id');
        });
    }
};
