<?php

// Runs the migrations of a folder with Debian's Illuminate: all of them, or of one file `up` or `down`.
// usage: laravel.php FOLDER CONNECTION [up|down|through FILE]; CONNECTION is JSON; `through` runs all up to that file.
// Of SQLite, which is in memory, prints the schema that comes out as JSON.

require_once 'Illuminate/Database/autoload.php';
require_once 'Doctrine/DBAL/autoload.php';

use Illuminate\Container\Container;
use Illuminate\Database\Capsule\Manager;
use Illuminate\Database\Migrations\Migration;
use Illuminate\Support\Arr;
use Illuminate\Support\Facades\Facade;

// What the framework has and Debian's packages lack.
abstract class Stub
{
}
class_alias('Stub', 'Illuminate\\Support\\ServiceProvider');

spl_autoload_register(function (string $class) {
    $file = $GLOBALS['argv'][1] . '/app/' . str_replace('\\', '/', substr($class, strlen('App\\'))) . '.php';
    if (str_starts_with($class, 'App\\') && is_file($file)) {
        require $file;
    }
});

function env(string $key, $default = null)
{
    return $default;
}

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

foreach (glob($argv[1] . '/app/Providers/*.php') as $file) {
    $name = 'App\\Providers\\' . basename($file, '.php');
    (new $name())->boot();
}

// One method of one migration, as the migrator of the framework runs it.
function run(string $file, string $method, $connection): void
{
    $before = get_declared_classes();
    $migration = require $file;
    if (!is_object($migration)) {
        $own = array_filter(array_diff(get_declared_classes(), $before), fn ($name) => is_subclass_of($name, Migration::class) && (new ReflectionClass($name))->getFileName() === realpath($file));
        $migration = new (end($own))();
    }
    if ($connection->getDriverName() === 'pgsql' && $migration->withinTransaction) {
        $connection->transaction(fn () => $migration->{$method}());
    } else {
        $migration->{$method}();
    }
}

[$step, $only] = [$argv[3] ?? 'through', $argv[4] ?? "\xFF"];
if ($step !== 'through') {
    run($only, $step, $connection);
    exit(0);
}
$files = array_filter(glob($argv[1] . '/database/migrations/*.php'), fn ($file) => $file <= $only);
sort($files);
foreach ($files as $file) {
    run($file, 'up', $connection);
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
