<?php

use Illuminate\Database\Migrations\Migration;
use Illuminate\Database\Schema\Blueprint;
use Illuminate\Support\Facades\DB;
use Illuminate\Support\Facades\Schema;
use App\Support\Tables;

return new class extends Migration
{
    public function up(): void
    {
        Schema::create(Tables::CONTACTS, function (Blueprint $table) {
            $table->id();
        });
        Schema::create(Tables::NOTES, function (Blueprint $table) {
            $table->id();
            $table->foreignId('contact_id')->constrained(Tables::CONTACTS)->cascadeOnUpdate()->restrictOnDelete();
        });
    }
    public function down(): void
    {
        Schema::dropIfExists(Tables::NOTES);
        Schema::dropIfExists(Tables::CONTACTS);
    }
};
