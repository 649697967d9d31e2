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
            $table->string('handle', 40)->nullable()->unique();
        });
        Schema::create('mentions', function (Blueprint $table) {
            $table->id();
            $table->string('handle', 40);
            $table->foreign('handle')->references('handle')->on('users');
        });
    }
    public function down(): void
    {
        Schema::table('users', function (Blueprint $table) {
            $table->dropUnique(['handle']);
            $table->dropColumn('handle');
        });
        Schema::dropIfExists('mentions');
    }
};
