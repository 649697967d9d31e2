<?php

use Illuminate\Database\Migrations\Migration;
use Illuminate\Database\Schema\Blueprint;
use Illuminate\Support\Facades\DB;
use Illuminate\Support\Facades\Schema;

return new class extends Migration
{
    public function up()
    {
        Schema::create('teams', function (Blueprint $table) {
            $table->increments('id');
            $table->string('name');
        });
        Schema::table('users', function (Blueprint $table) {
            $table->integer('group_id')->unsigned()->default(1)->index();
        });
    }
    public function down()
    {
        Schema::table('users', function (Blueprint $table) {
            $table->dropIndex(['group_id']);
            $table->dropColumn('group_id');
        });
        Schema::drop('teams');
    }
};
