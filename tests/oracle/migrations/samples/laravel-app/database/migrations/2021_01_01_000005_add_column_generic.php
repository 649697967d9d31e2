<?php

use Illuminate\Database\Migrations\Migration;
use Illuminate\Database\Schema\Blueprint;
use Illuminate\Support\Facades\DB;
use Illuminate\Support\Facades\Schema;

return new class extends Migration
{
    private array $columns = ['facebook' => 'text', 'followers' => 'integer', 'verified' => 'boolean'];
    public function up()
    {
        Schema::table('users', function (Blueprint $table) {
            foreach ($this->columns as $name => $type) {
                $table->addColumn($type, $name)->nullable();
            }
            $table->addColumn('string', 'tag', ['length' => 20, 'nullable' => true]);
            $table->{'date'}('born')->nullable();
        });
    }
    public function down()
    {
        Schema::table('users', function (Blueprint $table) {
            $table->dropColumn(array_keys($this->columns));
            $table->dropColumn(['tag', 'born']);
        });
    }
};
