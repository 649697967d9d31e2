<?php

use Illuminate\Database\Migrations\Migration;
use Illuminate\Database\Schema\Blueprint;
use Illuminate\Support\Facades\DB;
use Illuminate\Support\Facades\Schema;

return new class extends Migration
{
    private const TABLES = ['alpha', 'beta'];
    public function up(): void
    {
        collect(self::TABLES)->each(function (string $table) {
            Schema::table($table, function (Blueprint $blueprint) use ($table) {
                if (! Schema::hasColumn($table, 'deleted_at')) {
                    $blueprint->softDeletes();
                }
            });
        });
    }
    public function down(): void
    {
        foreach (array_reverse(static::TABLES) as $table) {
            if (Schema::hasColumn($table, 'deleted_at')) {
                Schema::table($table, static function (Blueprint $blueprint) {
                    $blueprint->dropSoftDeletes();
                });
            }
        }
    }
};
