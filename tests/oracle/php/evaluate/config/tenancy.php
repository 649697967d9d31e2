<?php
declare(strict_types=1);
use Stancl\Tenancy\Database\Models\Domain;
use Stancl\Tenancy\Database\Models\Tenant;
return [
    'tenant_model' => Tenant::class, 'id_generator' => Stancl\Tenancy\UUIDGenerator::class, 'domain_model' => Domain::class,
    'central_domains' => array_filter(array_map('trim', explode(',', (string) env('CENTRAL_DOMAINS', '127.0.0.1, localhost')))),
    'database' => ['central_connection' => env('DB_CONNECTION', 'central'), 'prefix' => 'tenant', 'suffix' => ''],
    'filesystem' => ['suffix_base' => 'tenant', 'disks' => ['local', 'public'], 'root_override' => ['local' => '%storage_path%/app/'], 'suffix_storage_path' => true],
    'features' => [], 'migration_parameters' => ['--force' => true, '--path' => [database_path('migrations/tenant')], '--realpath' => true],
    'n' => intdiv(7, 2), 's' => str_repeat('ab', 2), 'strict' => strlen('abc'),
];
