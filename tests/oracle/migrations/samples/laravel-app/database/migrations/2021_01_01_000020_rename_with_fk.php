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
            $table->renameColumn('boss_id', 'chief_id');
        });
    }
    public function down()
    {
        Schema::table('companies', function (Blueprint $table) {
            $table->renameColumn('chief_id', 'boss_id');
        });
    }
};
