<?php
// evaluate.php ENVIRONMENT FILE...: what each PHP file returns, one line a file, spelled as in
// evaluate_test.cpp; `stopped` where PHP stops with an error. The helpers of Laravel are the real
// ones of Debian's php-illuminate-support; paths begin with `<path>`. ENVIRONMENT has KEY=value lines.
// Exit 77: the packages are not there.

$autoload = '/usr/share/php/Illuminate/Support/autoload.php';
if (!is_file($autoload)) {
    fwrite(STDERR, "php-illuminate-support is not installed\n");
    exit(77);
}
require $autoload;
$repository = '/usr/share/php/Dotenv/autoload.php';
if (!is_file($repository)) {
    fwrite(STDERR, "php-vlucas-phpdotenv is not installed\n");
    exit(77);
}
require_once $repository;

foreach (['app_path' => '/app', 'base_path' => '', 'config_path' => '/config', 'database_path' => '/database',
    'lang_path' => '/lang', 'public_path' => '/public', 'resource_path' => '/resources',
    'storage_path' => '/storage'] as $helper => $folder) {
    eval("function $helper(\$path = '') { return '<path>$folder' . (\$path === '' ? '' : '/' . ltrim(\$path, '/')); }");
}

function spelled(mixed $value): string
{
    return match (true) {
        $value === null => 'null',
        is_bool($value) => $value ? 'true' : 'false',
        is_int($value) => (string) $value,
        $value === 0.0 => fdiv(1, $value) < 0 ? '-0.0' : '0.0',
        is_float($value) => is_nan($value) ? 'nan' : (is_infinite($value) ? ($value > 0 ? 'inf' : '-inf') : sprintf('%.17e', $value)),
        is_string($value) => '"' . bin2hex($value) . '"',
        is_array($value) => '[' . implode(',', array_map(
            fn ($key, $one) => (is_int($key) ? $key : '"' . bin2hex($key) . '"') . '=>' . spelled($one),
            array_keys($value),
            $value
        )) . ']',
        default => 'object',
    };
}

foreach (file($argv[1], FILE_IGNORE_NEW_LINES) as $line) {
    if ($line !== '') {
        putenv($line);
    }
}

error_reporting(0);
foreach (array_slice($argv, 2) as $file) {
    ob_start();
    try {
        $result = spelled((static fn () => require $file)());
    } catch (Throwable) {
        $result = 'stopped';
    }
    ob_end_clean();
    echo $result, "\n";
}
