<?php

use Illuminate\Database\Migrations\Migration;
use Illuminate\Database\Schema\Blueprint;
use Illuminate\Support\Facades\DB;
use Illuminate\Support\Facades\Schema;

return new class extends Migration
{
    public function up(): void
    {
        Schema::create('regions', function (Blueprint $table) {
            $table->string('country', 2);
            $table->string('region', 10);
            $table->primary(['country', 'region']);
        });
        Schema::create('cities', function (Blueprint $table) {
            $table->id();
            $table->string('country', 2);
            $table->string('region', 10);
            $table->foreign(['country', 'region'])->references(['country', 'region'])->on('regions')->cascadeOnDelete();
        });
    }
    public function down(): void
    {
        Schema::drop('cities');
        Schema::drop('regions');
    }
};
