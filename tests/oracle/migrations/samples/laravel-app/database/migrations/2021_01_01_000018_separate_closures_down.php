<?php

use Illuminate\Database\Migrations\Migration;
use Illuminate\Database\Schema\Blueprint;
use Illuminate\Support\Facades\DB;
use Illuminate\Support\Facades\Schema;

return new class extends Migration
{
    public function up()
    {
        if (! Schema::hasColumn('companies', 'city')) {
            Schema::table('companies', fn (Blueprint $table) => $table->string('city')->nullable());
        }
        if (! Schema::hasColumn('companies', 'zip')) {
            Schema::table('companies', fn (Blueprint $table) => $table->string('zip')->nullable());
        }
    }
    public function down()
    {
        foreach (['city', 'zip', 'street'] as $column) {
            if (Schema::hasColumn('companies', $column)) {
                Schema::table('companies', fn (Blueprint $table) => $table->dropColumn($column));
            }
        }
    }
};
