<?php

use Illuminate\Database\Migrations\Migration;
use Illuminate\Database\Schema\Blueprint;
use Illuminate\Support\Facades\DB;
use Illuminate\Support\Facades\Schema;

return new class extends Migration
{
    public function up()
    {
        $length = 33;
        $this->extend('users', function (Blueprint $table) use ($length) {
            $table->string('nick', $length)->nullable()->unique();
        });
    }
    public function down()
    {
        $this->extend('users', function (Blueprint $table) {
            $table->dropUnique(['nick']);
            $table->dropColumn('nick');
        });
    }
    private function extend(string $table, Closure $callback): void
    {
        $length = 1;
        if (Schema::hasTable($table)) {
            Schema::table($table, $callback);
        }
    }
};
