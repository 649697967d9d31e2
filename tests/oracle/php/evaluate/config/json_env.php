<?php
$json = json_decode((string) env('JSON', '{}'), true);
return ['json' => $json, 'a' => $json['a'] ?? 'none', 'b1' => $json['b'][1] ?? null, 'ok' => is_array($json), 'merged' => array_merge(['x' => 1], $json ?? []), 'has' => isset($json['c']['d']), 'keys' => array_keys($json ?: []), 'err' => json_last_error() === JSON_ERROR_NONE];
