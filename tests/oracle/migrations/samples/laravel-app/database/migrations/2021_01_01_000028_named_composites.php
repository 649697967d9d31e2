<?php

use Illuminate\Database\Migrations\Migration;
use Illuminate\Database\Schema\Blueprint;
use Illuminate\Support\Facades\DB;
use Illuminate\Support\Facades\Schema;

return new class extends Migration
{
    public function up(): void
    {
        Schema::create('enrolments', function (Blueprint $table) {
            $table->unsignedBigInteger('course_id');
            $table->unsignedBigInteger('user_id');
            $table->date('starts_on');
            $table->primary(['course_id', 'user_id', 'starts_on'], 'enrolments_pk');
            $table->foreign('user_id', 'fk_enrol_user')->references('id')->on('users')->onUpdate('CASCADE')->onDelete('CASCADE');
            $table->unique(['user_id', 'starts_on'], 'enrol_once');
            $table->index(['starts_on', 'course_id'], 'enrol_by_day');
        });
    }
    public function down(): void
    {
        Schema::table('enrolments', function (Blueprint $table) {
            $table->dropForeign('fk_enrol_user');
        });
        Schema::dropIfExists('enrolments');
    }
};
