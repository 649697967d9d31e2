<?php
$flags = [];
foreach (explode(',', (string) env('FEATURES', 'checkout=true,search=false,beta')) as $flag) {
    [$name, $value] = array_pad(explode('=', trim($flag), 2), 2, 'true');
    $flags[$name] = filter_var($value, FILTER_VALIDATE_BOOLEAN);
}
return ['flags' => $flags, 'enabled' => array_keys(array_filter($flags)), 'any' => in_array(true, $flags, true), 'all' => ! in_array(false, $flags, true), 'checkout' => $flags['checkout'] ?? false, 'sum' => array_sum(array_map('intval', $flags))];
