<?php

use Illuminate\Database\Migrations\Migration;
use Illuminate\Database\Schema\Blueprint;
use Illuminate\Support\Facades\DB;
use Illuminate\Support\Facades\Schema;

return new class extends Migration
{
    public function up(): void
    {
        Schema::disableForeignKeyConstraints();
        Schema::create('parents', function (Blueprint $table) {
            $table->id();
        });
        Schema::create('kids', function (Blueprint $table) {
            $table->id();
            $table->foreignId('parent_id')->constrained();
        });
        Schema::enableForeignKeyConstraints();
    }
    public function down(): void
    {
        Schema::disableForeignKeyConstraints();
        Schema::dropIfExists('parents');
        Schema::dropIfExists('kids');
        Schema::enableForeignKeyConstraints();
    }
};
