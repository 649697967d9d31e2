<?php

use Illuminate\Database\Migrations\Migration;
use Illuminate\Database\Schema\Blueprint;
use Illuminate\Support\Facades\DB;
use Illuminate\Support\Facades\Schema;

return new class extends Migration
{
    public function up(): void
    {
        Schema::create('parents3', function (Blueprint $table) {
            $table->id();
        });
        Schema::create('kids3', function (Blueprint $table) {
            $table->id();
            $table->foreignId('parent_id')->constrained('parents3');
        });
    }
    public function down(): void
    {
        Schema::dropIfExists('parents3');
        Schema::dropIfExists('kids3');
    }
};
