<?php

use Illuminate\Database\Migrations\Migration;
use Illuminate\Database\Schema\Blueprint;
use Illuminate\Support\Facades\DB;
use Illuminate\Support\Facades\Schema;

return new class extends Migration
{
    public function up(): void
    {
        Schema::create('fc', $this->define(...));
        Schema::table('fc', fn ($table) => $table->string('more')->nullable());
    }
    private function define(Blueprint $table): void
    {
        $table->id();
        $table->string('name');
    }
    public function down(): void
    {
        Schema::dropIfExists('fc');
    }
};
