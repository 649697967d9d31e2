<?php

use Illuminate\Database\Migrations\Migration;
use Illuminate\Database\Schema\Blueprint;
use Illuminate\Support\Facades\DB;
use Illuminate\Support\Facades\Schema;

return new class extends Migration
{
    public function up()
    {
        foreach (['status' => 'statuses', 'address' => 'addresses', 'shelf' => 'shelves', 'staff' => 'staff', 'quiz' => 'quizzes'] as $one => $many) {
            Schema::create($many, fn (Blueprint $table) => $table->id());
            Schema::table('zones', fn (Blueprint $table) => $table->foreignId("{$one}_id")->nullable()->constrained());
        }
    }
    public function down()
    {
        foreach (['status', 'address', 'shelf', 'staff', 'quiz'] as $one) {
            Schema::table('zones', fn (Blueprint $table) => $table->dropForeign(["{$one}_id"]));
            Schema::table('zones', fn (Blueprint $table) => $table->dropColumn("{$one}_id"));
            Schema::drop(Illuminate\Support\Str::plural($one));
        }
    }
};
