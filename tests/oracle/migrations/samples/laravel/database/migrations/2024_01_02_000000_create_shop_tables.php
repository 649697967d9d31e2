<?php

use Illuminate\Database\Migrations\Migration;
use Illuminate\Database\Schema\Blueprint;
use Illuminate\Support\Facades\DB;
use Illuminate\Support\Facades\Schema;

return new class extends Migration
{
    private array $lists = ['sizes', 'colours'];

    public function up(): void
    {
        foreach ($this->lists as $name) {
            Schema::create($name, function (Blueprint $table) {
                $table->tinyIncrements('id');
                $table->char('code', 3)->unique();
            });
        }
        Schema::create('categories', function (Blueprint $table) {
            $table->increments('id');
            $table->unsignedInteger('parent_id')->nullable();
            $table->json('names');
            $table->foreign('parent_id')->references('id')->on('categories')->onDelete('cascade');
        });
        Schema::create('products', function (Blueprint $table) {
            $table->uuid('id')->primary();
            $table->foreignId('user_id')->constrained()->cascadeOnDelete();
            $table->unsignedInteger('category_id');
            $table->decimal('price', 12, 2)->default(0);
            $table->enum('state', ['draft', 'live'])->default('draft');
            $table->nullableMorphs('source');
            $table->boolean('featured')->default(false);
            $table->timestampsTz();
            $table->unique(['user_id', 'price'], 'one_price');
            $table->index(['category_id', 'state']);
        });
        if (! Schema::hasTable('tags')) {
            Schema::create('tags', function (Blueprint $table) {
                $table->bigIncrements('id');
                $table->string('slug', 60);
            });
        }
        Schema::create('product_tag', function (Blueprint $table) {
            $table->foreignUuid('product_id')->constrained('products');
            $table->unsignedBigInteger('tag_id');
            $table->primary(['product_id', 'tag_id']);
        });
        DB::statement('CREATE TABLE audits (id integer PRIMARY KEY, note text NOT NULL)');
        DB::table('tags')->insert(['slug' => 'new']);
    }
};
