<?php

declare(strict_types=1);

namespace App\Config;

use Illuminate\Support\Str;

const LEVEL = 'warning';
define('APP_LIMIT', 60);

function double(int $x): int
{
    return $x * 2;
}

$level = env('LOG_LEVEL', 'debug');
if (env('APP_ENV') === 'production' && $level === 'debug') {
    $level = LEVEL;
} elseif ($level === 'x') {
    $level = 'y';
} else {
    $level = 'z';
}

$hosts = [];
foreach (explode(',', env('ORIGINS', '')) as $i => $origin) {
    if ($i > 5) {
        break;
    }
    $hosts[] = parse_url($origin, PHP_URL_HOST);
}

$unsure = 'a';
if (gethostname() === 'no such host') {
    $unsure = 'b';
}
$certain = 'a';
if (gethostname() === 'no such host') {
    throw new \RuntimeException($certain);
}

$sorted = ['b', 'a'];
sort($sorted);
$popped = ['x', 'y'];
array_pop($popped);
$matched = null;
preg_match('/a/', 'a', $matched);

$shared = 1;
$alias = &$shared;
$alias = 2;
$late = 1;
$change = function () use (&$late) { $late = 9; };
$late = 2;
$change();

$rows = [1, 2];
foreach ($rows as &$row) {
    $row *= 2;
}
unset($row);

$looped = 0;
while (mt_getrandmax() < $looped) {
    $looped++;
}

switch (env('APP_ENV')) {
    case 'local':
        $cache = 'array';
        break;
    case 'production':
        $cache = 'redis';
        break;
    default:
        $cache = 'file';
}

$name = 'dynamic';
$config = compact('level', 'cache');
$config['hosts'] = $hosts;
$config += ['level' => 'lost', 'more' => true];
$config['nested']['deep'][] = double(4);
$config['limit'] = APP_LIMIT;
$config['text'] = "level {$level} of {$config['hosts'][0]} and $hosts[1]";
$config['here'] = <<<"TEXT"
    first $name
      second
    TEXT;
$config['values'] = [$unsure, $certain, $sorted, $popped, $matched, $shared, $late, $rows, $looped];
[$config['a'], $config['b']] = ['x', 'y'];

return $config;
