<?php

use Illuminate\Database\Migrations\Migration;
use Illuminate\Database\Schema\Blueprint;
use Illuminate\Support\Facades\Schema;

return new class extends Migration
{
    public function up(): void
    {
        Schema::table('tags', function (Blueprint $table) {
            $table->string('title')->nullable()->after('slug');
            $table->unique('slug');
        });
        Schema::rename('tags', 'labels');
        Schema::table('users', function (Blueprint $table) {
            if (! Schema::hasColumn('users', 'locale')) {
                $table->string('locale', 5)->default('ar');
            }
            $table->index('name', 'users_by_name');
        });
        Schema::table('users', function (Blueprint $table) {
            $table->dropIndex('users_by_name');
            $table->dropUnique(['email']);
        });
        Schema::table('labels', function (Blueprint $table) {
            $table->renameColumn('title', 'caption');
        });
        Schema::table('categories', function (Blueprint $table) {
            $table->string('slug')->nullable();
        });
        Schema::table('audits', function (Blueprint $table) {
            $table->dropColumn('note');
        });
        Schema::dropIfExists('colours');
        Schema::dropIfExists('never_there');
    }
};
