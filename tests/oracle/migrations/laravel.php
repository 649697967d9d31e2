<?php

// Runs the migrations of a folder on SQLite in memory with Debian's Illuminate and prints the schema that comes out as JSON.
// usage: laravel.php FOLDER

require_once 'Illuminate/Database/autoload.php';
require_once 'Doctrine/DBAL/autoload.php';

use Illuminate\Container\Container;
use Illuminate\Database\Capsule\Manager;
use Illuminate\Support\Facades\Facade;

$container = new Container();
$manager = new Manager($container);
$manager->addConnection(['driver' => 'sqlite', 'database' => ':memory:', 'foreign_key_constraints' => false]);
$manager->setAsGlobal();
$connection = $manager->getConnection();
$container->instance('db', $manager->getDatabaseManager());
$container->bind('db.schema', fn () => $connection->getSchemaBuilder());
Facade::setFacadeApplication($container);
foreach (['Schema', 'DB'] as $facade) {
    class_alias('Illuminate\\Support\\Facades\\' . $facade, $facade);
}

$files = glob($argv[1] . '/database/migrations/*.php');
sort($files);
foreach ($files as $file) {
    (require $file)->up();
}

$schema = [];
foreach ($connection->select("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'") as $table) {
    $own = ['columns' => [], 'indexes' => [], 'keys' => []];
    $primary = [];
    foreach ($connection->select('PRAGMA table_info("' . $table->name . '")') as $column) {
        $own['columns'][$column->name] = !$column->notnull && !$column->pk;
        if ($column->pk) {
            $primary[(int) $column->pk] = $column->name;
        }
    }
    ksort($primary);
    if ($primary) {
        $own['indexes'][] = [array_values($primary), true, true];
    }
    foreach ($connection->select('PRAGMA index_list("' . $table->name . '")') as $index) {
        if ($index->origin === 'pk') {
            continue;
        }
        $columns = array_map(fn ($part) => $part->name, $connection->select('PRAGMA index_info("' . $index->name . '")'));
        $own['indexes'][] = [$columns, (bool) $index->unique, false];
    }
    $keys = [];
    foreach ($connection->select('PRAGMA foreign_key_list("' . $table->name . '")') as $key) {
        $keys[$key->id][] = $key;
    }
    foreach ($keys as $parts) {
        $rule = strtolower($parts[0]->on_delete);
        $own['keys'][] = [array_map(fn ($part) => $part->from, $parts), $parts[0]->table, $rule === 'restrict' ? 'no action' : $rule];
    }
    $schema[$table->name] = $own;
}
echo json_encode($schema, JSON_THROW_ON_ERROR), "\n";
