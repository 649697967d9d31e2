<?php

use Illuminate\Database\Migrations\Migration;
use Illuminate\Database\Schema\Blueprint;
use Illuminate\Support\Facades\DB;
use Illuminate\Support\Facades\Schema;

return new class extends Migration
{
    public function up(): void
    {
        Schema::create('blog_categories', function (Blueprint $table) {
            $table->id();
            $table->slug();
            $table->string('title')->index()->unique();
            $table->softDeletes()->index();
        });
        Schema::create('posts', function (Blueprint $table) {
            $table->id();
            $table->foreignId('blog_category_id')->nullable()->constrained()->nullOnDelete();
            $table->unsignedBigInteger('author_id')->references('id')->on('users')->onDelete('cascade');
            $table->foreignId('editor_id')->constrained('users')->nullable();
            $table->string('title');
            $table->integer('size')->default(1);
            $table->integer('area')->storedAs('size * size')->index();
            $table->text('body');
            $table->index('author_id')->algorithm('btree');
            $table->userstamps();
            $table->timestampsTz();
        });
    }
    public function down(): void
    {
        Schema::dropIfExists('posts');
        Schema::dropIfExists('blog_categories');
    }
};
