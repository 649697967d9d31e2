<?php

use Illuminate\Database\Migrations\Migration;
use Illuminate\Database\Schema\Blueprint;
use Illuminate\Support\Facades\DB;
use Illuminate\Support\Facades\Schema;

return new class extends Migration
{
    private const TABLE = 'ledgers';
    public function up(): void
    {
        if (!Schema::hasTable(self::TABLE)) {
            try {
                Schema::create(self::TABLE, static function (Blueprint $table): void {
                    $table->increments('id');
                    $table->timestamps();
                    $table->softDeletes();
                    $table->bigInteger('user_id', false, true);
                    $table->string('name', 100);
                    $table->foreign('user_id')->references('id')->on('users')->onDelete('cascade');
                    $table->unique(['user_id', 'name']);
                });
            } catch (\Illuminate\Database\QueryException $e) {
                error_log(sprintf('Could not create table "%s": %s', self::TABLE, $e->getMessage()));
            }
        }
    }
    public function down(): void
    {
        Schema::dropIfExists(self::TABLE);
    }
};
