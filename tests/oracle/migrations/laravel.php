<?php

// Runs the migrations of a folder with Debian's Illuminate.
// usage: laravel.php FOLDER CONNECTION; CONNECTION is JSON. Of SQLite, which is in memory, prints the schema that comes out as JSON.

require_once 'Illuminate/Database/autoload.php';
require_once 'Doctrine/DBAL/autoload.php';

use Illuminate\Container\Container;
use Illuminate\Database\Capsule\Manager;
use Illuminate\Database\Migrations\Migration;
use Illuminate\Support\Arr;
use Illuminate\Support\Facades\Facade;

// The helper of the framework, over the files of config/.
function config(string $key)
{
    static $all = null;
    if ($all === null) {
        $all = [];
        foreach (glob($GLOBALS['argv'][1] . '/config/*.php') as $file) {
            $all[basename($file, '.php')] = require $file;
        }
    }
    return Arr::get($all, $key);
}

// Whatever a migration asks the application for beside the database: it takes every call.
class Anything
{
    public function __call($name, $arguments)
    {
        return $this;
    }
}

function app(string $name)
{
    return new Anything();
}

$container = new Container();
$manager = new Manager($container);
$manager->addConnection(json_decode($argv[2], true));
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
    $before = get_declared_classes();
    $migration = require $file;
    if (!is_object($migration)) {
        $own = array_filter(array_diff(get_declared_classes(), $before), fn ($name) => is_subclass_of($name, Migration::class));
        $migration = new (end($own))();
    }
    $migration->up();
}
if ($connection->getDriverName() !== 'sqlite') {
    exit(0);
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
