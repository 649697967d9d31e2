<?php

use Illuminate\Database\Migrations\Migration;
use Illuminate\Database\Schema\Blueprint;
use Illuminate\Support\Facades\DB;
use Illuminate\Support\Facades\Schema;

return new class extends Migration
{
    public function up(): void
    {
        Schema::create('ledger_entries', function (Blueprint $table) {
            $table->id();
            $table->unsignedInteger('ledger_id');
            $table->foreign('ledger_id')->references('id')->on('ledgers');
            $table->index(['ledger_id', 'id']);
        });
        Schema::create('old_things', function (Blueprint $table) {
            $table->increments('id');
        });
        Schema::rename('old_things', 'new_things');
        Schema::table('new_things', function (Blueprint $table) {
            $table->unsignedInteger('ledger_id')->after('id');
            $table->foreign('ledger_id')->references('id')->on('ledgers')->cascadeOnDelete();
        });
    }
    public function down(): void
    {
        Schema::table('new_things', function (Blueprint $table) {
            $table->dropForeign(['ledger_id']);
        });
        Schema::dropIfExists('new_things');
        Schema::dropIfExists('ledger_entries');
    }
};
