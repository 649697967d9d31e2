<?php

use Illuminate\Database\Migrations\Migration;
use Illuminate\Database\Schema\Blueprint;
use Illuminate\Support\Facades\DB;
use Illuminate\Support\Facades\Schema;

return new class extends Migration
{
    protected array $map = [
        'alpha' => ['one', 'two'],
        'beta' => ['three'],
    ];
    public function up(): void
    {
        foreach ($this->map as $table => $columns) {
            Schema::create($table, function (Blueprint $t) use ($columns) {
                $t->id();
                foreach ($columns as $i => $column) {
                    $t->string($column . '_' . ($i + 1))->nullable(false);
                }
                collect(range(1, 2))->each(fn ($n) => $t->integer("n$n")->nullable());
            });
        }
        array_walk($this->map, function ($columns, $table) {
            Schema::table($table, function (Blueprint $t) use ($table) {
                $t->string(sprintf('%s_code', $table), 8)->nullable()->index();
            });
        });
    }
    public function down(): void
    {
        foreach (array_keys($this->map) as $table) {
            Schema::dropIfExists($table);
        }
    }
};
