<?php

use Illuminate\Database\Migrations\Migration;
use Illuminate\Database\Schema\Blueprint;
use Illuminate\Support\Facades\DB;
use Illuminate\Support\Facades\Schema;

return new class extends Migration
{
    public function up(): void
    {
        Schema::table('posts', function (Blueprint $table) {
            $table->string('subtitle')->nullable();
        });
    }
    public function down(): void
    {
        try {
            Schema::table('posts', function (Blueprint $table) {
                $table->dropForeign(['nothing_id']);
            });
        } catch (\Exception $e) {
        }
        Schema::table('posts', function (Blueprint $table) {
            $table->dropColumn('subtitle');
        });
    }
};
