<?php
$proxies = env('TRUSTED_PROXIES', env('ORIGINS'));
return [
    'proxies' => in_array($proxies, ['*', '**'], true) ? $proxies : array_filter(explode(',', $proxies ?? '')),
    'first' => is_string($proxies) && str_contains($proxies, ',') ? explode(',', $proxies)[0] : $proxies,
    'any' => (bool) array_filter(explode(',', (string) $proxies), fn ($p) => trim($p) === '*'),
    'count' => count(explode(',', (string) $proxies)),
];
