<?php
namespace App\Models;

use A\B; use A\{C, D\E as F, function f, const G}; use function X\y; use const X\Z as W; use \Lead\Ing, Two\Names as N;
use function Q\{a, b as c};

abstract class A { } final class B2 extends A implements \I, namespace\J { } readonly class R { } final readonly class S { } abstract class T2 { abstract protected function f(); }
interface I2 extends I, J { const A = 1; public function f(int $a): string; public static function g(); }
trait T { use A, B { A::f insteadof B; B::f as protected g; f as private; } private static $x; abstract function h(); }
enum Suit: string implements I { case Hearts = 'H'; #[X] case Spades = 'S'; const Wild = self::Spades; public static function f(): self { return self::Hearts; } use T; } enum Plain { case A; case Class_; }
abstract class Full {
    use T; use U, V;
    public $a, $b = 1; protected static ?int $c = null; private readonly string $d; var $e; static $f; public A|B|null $g; #[P] public array $h = [1, 'x' => [2]], $i; final public const J = 1; readonly int $k;
    const K = 1, L = self::K . 'x'; private const M = [1]; protected const CLASS_ = 2, FOR = 3;
    public function __construct(private readonly int $p = 1, protected ?A $q = null, public array $r = [], #[S] $s = new A, int|string $t = self::K) { }
    final public static function list(): void { } abstract protected function print(); function &ref(): static { return $this; } private function class() { } public function new(): self { return new static; }
    #[A, B(1, name: 'x')] #[C] public function attributed(#[D] callable $e): ?array { return null; }
}
$o = new class { }; $o = new class(1, $a) extends A implements B { public $x; function f() { return new class { }; } }; new #[A] class { };
class Kinds { public function f(): int|float|bool|string|iterable|object|null|callable { } }
function g(): void { class Inner { } function inner() { } if (1) { class Conditional { } } }
