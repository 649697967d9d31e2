<?php
$wrap = static fn (?string $v): ?array => $v === null ? null : [$v];
$pipe = fn (callable ...$f) => fn ($x) => array_reduce($f, fn ($acc, $fn) => $fn($acc), $x);
return ['a' => $wrap('x'), 'b' => $wrap(null), 'c' => (fn () => env('NUMBER', 7))(), 'd' => value(fn () => env('APP_ENV', 'x')), 'e' => array_map(trim(...), [' a ', 'b ']), 'f' => (static function () { $x = []; foreach (range(1, 3) as $i) { $x["k$i"] = $i ** 2; } return $x; })()];
