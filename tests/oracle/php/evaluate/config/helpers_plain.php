<?php
function config_bool($key, $default = false) { return filter_var(env($key, $default), FILTER_VALIDATE_BOOLEAN); }
function config_int(string $key, int $default): int { return (int) env($key, $default); }
$env = env('APP_ENV', 'production');
$isProduction = $env === 'production' || $env === 'prod';
$defaults = ['ttl' => 60, 'debug' => false, 'tags' => ['a']];
$overrides = match (true) { $isProduction => ['ttl' => 3600], $env === 'local', $env === 'testing' => ['debug' => true], default => [] };
return array_merge($defaults, $overrides, [
    'on' => config_bool('ON'), 'n' => config_int('NUMBER', 3), 'env' => $env, 'prod' => $isProduction,
    'name' => sprintf('%s-%s', strtolower(str_replace(' ', '-', (string) env('APP_NAME', 'App'))), substr($env, 0, 4)),
    'recursive' => array_replace_recursive(['a' => ['b' => 1, 'c' => 2]], ['a' => ['c' => 3]]),
]);
