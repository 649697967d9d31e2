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
            $table->foreignId('boss_id')->nullable()->constrained('users')->nullOnDelete();
        });
    }
    public function down()
    {
        Schema::table('companies', function (Blueprint $table) {
            $table->unsignedBigInteger('boss_id')->nullable(false)->change();
            $table->dropConstrainedForeignId('boss_id');
        });
    }
};
