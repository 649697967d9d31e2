<?php

use Illuminate\Database\Migrations\Migration;
use Illuminate\Database\Schema\Blueprint;
use Illuminate\Support\Facades\DB;
use Illuminate\Support\Facades\Schema;

return new class extends Migration
{
    public function up(): void
    {
        Schema::table('enrolments', function (Blueprint $table) {
            $table->unique(['user_id', 'course_id'], 'enrol_course');
            $table->dropUnique('enrol_once');
        });
    }
    public function down(): void
    {
        Schema::table('enrolments', function (Blueprint $table) {
            $table->unique(['user_id', 'starts_on'], 'enrol_once');
            $table->dropUnique('enrol_course');
        });
    }
};
