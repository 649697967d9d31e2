<?php
namespace App\Support;
use Illuminate\Database\Schema\Blueprint;
use Illuminate\Support\Facades\Schema;
class SchemaHelper
{
    public static function audit(Blueprint $table, bool $index = true): void
    {
        $column = $table->unsignedBigInteger('audited_by')->nullable();
        if ($index) {
            $column->index();
        }
    }
    public function pivot(string $a, string $b, ?callable $more = null): void
    {
        Schema::create("{$a}_{$b}", function (Blueprint $table) use ($a, $b, $more) {
            foreach ([$a, $b] as $side) {
                $table->foreignId("{$side}_id")->constrained(\Illuminate\Support\Str::plural($side))->cascadeOnDelete();
            }
            $table->primary(["{$a}_id", "{$b}_id"]);
            if ($more) {
                $more($table);
            }
        });
    }
}
