<?php
namespace App\Support;
use Illuminate\Database\Schema\Blueprint;
trait AddsTenant
{
    protected string $tenantColumn = 'tenant_id';
    protected function addTenant(Blueprint $table, bool $nullable = false): void
    {
        $column = $table->unsignedBigInteger($this->tenantColumn)->index();
        if ($nullable) {
            $column->nullable();
        }
    }
}
