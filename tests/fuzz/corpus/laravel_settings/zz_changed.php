<?php
$before = env('NUMBER');
putenv('NUMBER=43');
extract(['hidden' => 2]);
$hidden ??= 1;

return ['before' => getenv('NUMBER'), 'env' => $_ENV['X'] ?? 'none', 'hidden' => $hidden];
