<?php
namespace App\Providers;
use App\Support\BlueprintMixin;
use Illuminate\Database\Schema\Blueprint;
use Illuminate\Support\ServiceProvider;
class AppServiceProvider extends ServiceProvider
{
    public function boot()
    {
        Blueprint::mixin(new BlueprintMixin);
        Blueprint::macro('translatable', function (array $columns, $type = 'text', bool $required = true) {
            foreach ($columns as $column) {
                $definition = $this->{$type}($column);
                if (! $required) {
                    $definition->nullable();
                }
            }
        });
        Blueprint::macro('dropForeignSafe', function ($column) {
            $name = $this->getTable() . '_' . $column . '_foreign';
            $this->dropForeign($name);
            $this->dropColumn($column);
        });
        Blueprint::macro('slug', fn ($column = 'slug') => $this->string($column, 120)->unique());
        Blueprint::macro('userstamps', function () {
            $this->foreignId('created_by')->nullable()->constrained('users')->nullOnDelete();
            $this->foreignId('updated_by')->nullable()->constrained('users')->nullOnDelete();
        });
        Blueprint::macro('dropUserstamps', function () {
            $this->dropForeign(['created_by']);
            $this->dropForeign(['updated_by']);
            $this->dropColumn(['created_by', 'updated_by']);
        });
        Blueprint::macro('block', function (\Closure $callback) {
            $callback($this);
            return $this;
        });
    }
}
