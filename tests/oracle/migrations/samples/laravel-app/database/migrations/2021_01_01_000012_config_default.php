<?php

use Illuminate\Database\Migrations\Migration;
use Illuminate\Database\Schema\Blueprint;
use Illuminate\Support\Facades\DB;
use Illuminate\Support\Facades\Schema;

return new class extends Migration
{
    public function up()
    {
        Schema::create(config('shop.table'), function (Blueprint $table) {
            $table->id();
            foreach (config('shop.locales') as $locale) {
                $table->string("title_{$locale}")->nullable();
            }
        });
    }
    public function down()
    {
        Schema::drop(config('shop.table'));
    }
};
