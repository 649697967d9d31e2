<?php

use Illuminate\Database\Migrations\Migration;
use Illuminate\Database\Schema\Blueprint;
use Illuminate\Support\Facades\DB;
use Illuminate\Support\Facades\Schema;

return new class extends Migration
{
    public function up()
    {
        Schema::table('statuses', function (Blueprint $table) {
            $table->string('token', 60)->nullable()->unique();
            $table->string('both')->nullable()->index()->unique();
        });
    }
    public function down()
    {
        Schema::table('statuses', function (Blueprint $table) {
            $table->dropColumn(['token', 'both']);
        });
    }
};
