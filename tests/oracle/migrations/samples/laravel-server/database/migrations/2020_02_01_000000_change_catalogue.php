<?php

use App\Models\Order;
use Illuminate\Database\Migrations\Migration;
use Illuminate\Database\Schema\Blueprint;
use Illuminate\Support\Facades\DB;
use Illuminate\Support\Facades\Schema;

class ChangeCatalogue extends Migration
{
    public function up()
    {
        $table = 'products';
        Schema::table($table, function (Blueprint $t) {
            $t->string('sku', 80)->change();
            $t->text('note')->nullable()->after('sku');
            $t->string('slug')->default('');
            $t->renameIndex('products_brand_state', 'products_state_brand');
        });
        Schema::table('products', function (Blueprint $table) {
            $table->unsignedBigInteger('quantity')->default(1);
            $table->string('sku', 80)->nullable()->change();
            $table->text('body')->nullable(false)->change();
            $table->bigInteger('level')->default(5)->change();
        });
        Schema::table('products', function (Blueprint $table) {
            $table->renameColumn('note', 'remark');
        });
        Schema::table('categories', function (Blueprint $table) {
            $table->dropForeign('category_parent');
            $table->dropIndex(['_lft', '_rgt', 'parent_id']);
            $table->dropColumn('_lft', '_rgt');
        });
        Schema::table('product_translations', function (Blueprint $table) {
            $table->dropForeign(['product_id']);
            $table->dropUnique(['product_id', 'locale']);
            $table->dropColumn(['locale']);
            $table->foreign('product_id')->references('id')->on('products');
        });
        Schema::table('activity_log', function (Blueprint $table) {
            $table->dropMorphs('causer', 'causer');
            $table->dropIndex(['log_name']);
        });
        Schema::table('media', function (Blueprint $table) {
            $table->dropMorphs('model');
            $table->dropTimestamps();
        });
        Schema::table('products', function (Blueprint $table) {
            $table->dropSoftDeletesTz();
            $table->dropForeign(['colour_id']);
            $table->dropColumn('colour_id');
        });
        Schema::table('users', function (Blueprint $table) {
            $table->dropRememberToken();
            $table->softDeletes();
            $table->string('phone', 20)->nullable()->unique();
            if (Schema::hasColumn('users', 'current_team_id')) {
                $table->dropColumn('current_team_id');
            }
            if (! Schema::hasColumn('users', 'api_token')) {
                $table->string('api_token', 80)->after('password')->unique()->nullable()->default(null);
            }
        });
        Schema::rename('category_product', 'product_categories');
        Schema::table('product_categories', function (Blueprint $table) {
            $table->timestamp('added_at')->useCurrent();
        });
        foreach (['users', 'teams', 'products'] as $name) {
            Schema::table($name, function (Blueprint $table) {
                $table->unsignedBigInteger('tenant_id')->nullable()->index();
                $table->foreignId('created_by')->nullable()->constrained('users')->nullOnDelete();
            });
        }
        collect(['sizes', 'brands'])->each(function ($name) {
            Schema::table($name, function (Blueprint $table) {
                $table->timestamps();
            });
        });
        if (DB::getDriverName() === 'mysql') {
            DB::statement('ALTER TABLE products MODIFY quantity INT UNSIGNED NULL');
            DB::statement("ALTER TABLE `products` ADD FULLTEXT `products_text` (`slug`)");
        } else {
            DB::statement('ALTER TABLE products ALTER COLUMN quantity DROP NOT NULL');
            DB::statement('CREATE INDEX products_text ON products (slug DESC)');
        }
        Schema::dropIfExists('colours');
        Schema::disableForeignKeyConstraints();
        Schema::drop('sessions');
        Schema::enableForeignKeyConstraints();
        DB::unprepared('CREATE TABLE legacy (id integer NOT NULL PRIMARY KEY, code varchar(10) UNIQUE)');
        DB::table('brands')->insert([['name' => 'one'], ['name' => 'two']]);
        DB::table('products')->where('state', 'draft')->update(['state' => 'live']);
    }
}
