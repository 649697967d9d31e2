<?php

use Illuminate\Database\Migrations\Migration;
use Illuminate\Database\Schema\Blueprint;
use Illuminate\Support\Facades\DB;
use Illuminate\Support\Facades\Schema;

return new class extends Migration
{
    public function up(): void
    {
        foreach (['ledgers', 'teams'] as $table) {
            try {
                Schema::table($table, static function (Blueprint $blueprint): void {
                    $blueprint->integer('user_group_id', false, true)->nullable()->after('id');
                    $blueprint->foreign('user_group_id', sprintf('%s_to_ugi', $blueprint->getTable()))->references('id')->on('teams')->onDelete('set null')->onUpdate('cascade');
                });
            } catch (\Illuminate\Database\QueryException $e) {
                error_log($e->getMessage());
            }
        }
    }
    public function down(): void
    {
        foreach (['ledgers', 'teams'] as $tableName) {
            Schema::table($tableName, static function (Blueprint $table) use ($tableName): void {
                if ('sqlite' !== config('database.default')) {
                    try {
                        $table->dropForeign(sprintf('%s_to_ugi', $tableName));
                    } catch (\Exception $e) {
                    }
                }
                if (Schema::hasColumn($tableName, 'user_group_id')) {
                    $table->dropColumn('user_group_id');
                }
            });
        }
    }
};
