<?php

use Illuminate\Database\Migrations\Migration;
use Illuminate\Database\Schema\Blueprint;
use Illuminate\Support\Facades\DB;
use Illuminate\Support\Facades\Schema;

class Users extends Migration
{
    public function up()
    {
        Schema::create('users', function (Blueprint $table) {
            $table->bigIncrements('id');
            $table->string('name');
            $table->string('email')->unique();
            $table->timestamps();
        });
        Schema::create('companies', function (Blueprint $table) {
            $table->id();
            $table->translatable(['name', 'motto'], 'string');
            $table->translatable(columns: ['about'], required: false);
            $table->publishing();
            $table->block(function (Blueprint $table) {
                $table->string('vat')->nullable();
                $this->own($table);
            });
            \App\Support\SchemaHelper::audit($table);
            $table->morphs('owner');
        });
    }
    private function own($table)
    {
        $table->string('own', 10)->default('x');
    }
    public function down()
    {
        Schema::dropIfExists('companies');
        Schema::dropIfExists(\App\Models\User::getTableName());
    }
}
