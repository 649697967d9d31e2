<?php

use Illuminate\Database\Migrations\Migration;
use Illuminate\Database\Schema\Blueprint;
use Illuminate\Support\Facades\DB;
use Illuminate\Support\Facades\Schema;

return new class extends Migration
{
    protected $table = 'brands';

    private const STATES = ['draft', 'live', 'gone'];

    private array $prices = ['net' => 10, 'gross' => 12];

    public function up(): void
    {
        Schema::create($this->table, function (Blueprint $table) {
            $table->increments('id');
            $table->string('name')->comment('shown');
            $table->char('country', 2)->nullable()->default(null);
        });
        Schema::create('products', function (Blueprint $table) {
            $table->engine = 'InnoDB';
            $table->id();
            $table->unsignedInteger('brand_id')->nullable();
            $table->string('sku', 40);
            $table->enum('state', self::STATES)->default(self::STATES[0])->index();
            foreach ($this->prices as $kind => $digits) {
                $table->decimal("{$kind}_price", $digits, 2)->default(0);
            }
            $table->json('options')->nullable();
            $table->json('tags')->default('[]');
            $table->double('weight', 8, 3)->nullable();
            $table->float('rating')->default(0);
            $table->date('launched_on')->nullable();
            $table->dateTime('seen_at', 3)->nullable();
            $table->time('opens')->nullable();
            $table->year('vintage')->nullable();
            $table->binary('picture')->nullable();
            $table->mediumText('body')->nullable();
            $table->tinyInteger('level', false, true)->default(1);
            $table->softDeletesTz();
            $table->timestampsTz();
            $table->foreign('brand_id')->references('id')->on('brands')->onUpdate('cascade')->onDelete('set null');
            $table->unique('sku');
            $table->index(['brand_id', 'state'], 'products_brand_state');
        });
        Schema::create('visits', function (Blueprint $table) {
            $table->ipAddress('visitor')->nullable();
            $table->macAddress('device')->nullable();
            for ($step = 1; $step <= 3; $step++) {
                $table->unsignedSmallInteger('step_' . $step)->default(0);
            }
        });
        Schema::table('visits', function (Blueprint $table) {
            $table->after('device', function (Blueprint $table) {
                $table->string('agent');
                $table->string('system');
            });
        });
        Schema::create('product_translations', function (Blueprint $table) {
            $table->id();
            $table->foreignId('product_id')->constrained()->onDelete('cascade')->onUpdate('cascade');
            $table->string('locale', 5)->index();
            $table->string('title');
            $table->unique(['product_id', 'locale']);
        });
        Schema::create('categories', function (Blueprint $table) {
            $table->id();
            $table->unsignedBigInteger('parent_id')->nullable();
            $table->unsignedInteger('_lft')->default(0);
            $table->unsignedInteger('_rgt')->default(0);
            $table->index(['_lft', '_rgt', 'parent_id']);
            $table->string('slug')->unique('categories_by_slug');
            $table->foreign('parent_id', 'category_parent')->references('id')->on('categories');
        });
        Schema::create('category_product', function (Blueprint $table) {
            $table->foreignId('category_id')->constrained()->cascadeOnDelete();
            $table->foreignId('product_id')->constrained();
            $table->integer('position')->unsigned()->default(0);
            $table->primary(['category_id', 'product_id']);
        });
        foreach (['sizes', 'colours'] as $list) {
            Schema::create($list, fn (Blueprint $table) => $this->lay($table));
            Schema::table('products', function (Blueprint $table) use ($list) {
                $column = substr($list, 0, -1) . '_id';
                $table->unsignedBigInteger($column)->nullable()->after('brand_id');
                $table->foreign($column)->references('id')->on($list)->nullOnDelete();
            });
        }
    }

    private function lay(Blueprint $table): void
    {
        $table->bigIncrements('id');
        $table->string('label', 30);
    }
};
