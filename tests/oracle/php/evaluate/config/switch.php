<?php
switch (env('APP_ENV', 'production')) {
    case 'local':
    case 'Local':
        $level = 'debug';
        $hosts = ['localhost'];
        break;
    case 'production':
        $level = 'error';
        $hosts = array_map(function ($h) { return trim($h); }, explode(',', env('HOSTS', 'a.example.org, b.example.org')));
        break;
    default:
        $level = 'info';
        $hosts = [];
}
$config = ['level' => $level];
$config['hosts'] = $hosts;
$config['nested']['deep']['x'] = count($hosts);
foreach (['a', 'b'] as $i => $name) { $config['list'][$name] = ['index' => $i, 'name' => strtoupper($name)]; }
for ($i = 0; $i < 3; $i++) { $config['slots'][] = "slot-{$i}"; }
unset($config['list']['b']);
if (env('DEBUG_HOSTS')) $config['hosts'][] = env('DEBUG_HOSTS');
return $config;
