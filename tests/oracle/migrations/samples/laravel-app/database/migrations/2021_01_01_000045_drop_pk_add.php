<?php

use Illuminate\Database\Migrations\Migration;
use Illuminate\Database\Schema\Blueprint;
use Illuminate\Support\Facades\DB;
use Illuminate\Support\Facades\Schema;

return new class extends Migration
{
    public function up(): void
    {
        Schema::table('new_things', function (Blueprint $table) {
            $table->uuid('uuid')->nullable()->unique();
        });
        Schema::table('ledger_entries', function (Blueprint $table) {
            $table->dropColumn('id');
        });
        Schema::table('ledger_entries', function (Blueprint $table) {
            $table->uuid('id')->primary()->first();
        });
    }
    public function down(): void
    {
        Schema::table('ledger_entries', function (Blueprint $table) {
            $table->dropColumn('id');
        });
        Schema::table('ledger_entries', function (Blueprint $table) {
            $table->id()->first();
        });
        Schema::table('new_things', function (Blueprint $table) {
            $table->dropColumn('uuid');
        });
    }
};
