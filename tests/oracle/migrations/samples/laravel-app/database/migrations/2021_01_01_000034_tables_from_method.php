<?php

use Illuminate\Database\Migrations\Migration;
use Illuminate\Database\Schema\Blueprint;
use Illuminate\Support\Facades\DB;
use Illuminate\Support\Facades\Schema;

return new class extends Migration
{
    private function tables(): array
    {
        return [
            'notes' => ['user_id', 'company_id'],
            'tasks' => ['user_id'],
        ];
    }
    public function up()
    {
        foreach ($this->tables() as $name => $columns) {
            Schema::create($name, function (Blueprint $table) use ($columns, $name) {
                $table->id();
                foreach ($columns as $column) {
                    $table->foreignId($column);
                }
                $table->unique($columns, $name . '_once');
                if (count($columns) > 1) {
                    $table->json('meta')->nullable();
                }
            });
        }
    }
    public function down()
    {
        foreach (array_reverse(array_keys($this->tables())) as $name) {
            Schema::drop($name);
        }
    }
};
