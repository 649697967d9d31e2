<?php

use Illuminate\Database\Migrations\Migration;
use Illuminate\Database\Schema\Blueprint;
use Illuminate\Support\Facades\DB;
use Illuminate\Support\Facades\Schema;

return new class extends Migration
{
    public function up(): void
    {
        Schema::table('users', function (Blueprint $table) {
            $table->unsignedInteger('group_id')->default(null)->nullable()->change();
        });
        Schema::table('users', function (Blueprint $table) {
            $table->foreign('group_id')->references('id')->on('teams')->nullOnDelete();
        });
    }
    public function down(): void
    {
        Schema::table('users', function (Blueprint $table) {
            $table->dropForeign(['group_id']);
            $table->integer('group_id')->unsigned()->default(1)->change();
        });
    }
};
