<?php

use Illuminate\Database\Migrations\Migration;
use Illuminate\Database\Schema\Blueprint;
use Illuminate\Support\Facades\DB;
use Illuminate\Support\Facades\Schema;
use App\Support\AddsTenant;

return new class extends Migration
{
    use AddsTenant;
    public function up(): void
    {
        foreach (['users', 'posts'] as $name) {
            Schema::table($name, function (Blueprint $table) use ($name) {
                $this->addTenant($table, $name === 'users');
            });
        }
    }
    public function down(): void
    {
        foreach (['users', 'posts'] as $name) {
            Schema::table($name, fn (Blueprint $table) => $table->dropColumn($this->tenantColumn));
        }
    }
};
