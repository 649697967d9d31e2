#!/usr/bin/env php
<?php
declare(strict_types=1);
declare(ticks=1) { $a; }
declare(ticks=1): $a; enddeclare;
if ($a) $b; elseif ($c) $d; else $e;
if ($a) { $b; } elseif ($c) { } else if ($d) { $e; } else { $f; }
if ($a): $b; elseif ($c): $d; $e; else: $f; endif;
if ($a) if ($b) $c; else $d;
if ($a); else;
while ($a) $b; while ($a) { $b; continue; } while ($a): break; endwhile;
do $a; while ($b); do { $a; } while ($b);
for (;;) { break; } for ($i = 0, $j = 1; $i < 10, $j; $i++, $j--) f(); for (;;): endfor;
foreach ($a as $b) $c; foreach ($a as $b => $c) { } foreach ($a as $k => &$v): endforeach; foreach ($a as [$x, $y]) { } foreach (f() as $k => list('a' => $z)) { } foreach ($a as &$r) ; foreach ($a as $b->c) { }
switch ($a) { case 1: case 'b': $c; break; default: $d; case f(): return; } switch ($a) { } switch ($a) {; case 1; break; } switch ($a): case 1: endswitch;
try { $a; } catch (A | \B\C $e) { $b; } catch (D) { } finally { $c; } try { } finally { }
while (1) { while (2) { continue; break; break 2; continue 2; } return; return $a; }
echo 1; echo 1, 'b', $c; global $a, $b; static $a, $b = 1, $c = [1]; unset($a, $b['c'],); ;;
goto end; end: $x; { $a; { $b; } }
const A = 1, B = A . 'x';
function f() { } function &g(int $a, ?string $b = null, A|B|null $c, self &$d, A&B $e, (A&B)|null $f, array|callable ...$g): mixed { return 1; } function h(): never { } function enum() { }
#[A] function i(#[B(1)] $a, #[C, D] #[E] $b) { }
$x = 1 ?>
text <b><?= $a, $b ?></b> <?php if ($a): ?> yes <?php else: ?> no <?php endif ?>
<?php foreach ($a as $b) { ?><li><?= $b ?></li>
<?php } // ends here ?> after
<?php # another
/* a /* comment */ $a /* b */ ; /** doc */
$b; //
#
?>

tail <? not php <?phpx <?PHP $c;
return [1];
