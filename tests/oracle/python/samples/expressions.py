"""Every expression, with the precedence of its operators."""
a or b and not c
not not a
a < b <= c == d != e is f is not g in h not in i > j >= k
a | b ^ c & d << e >> f + g - h * i / j // k % l @ m
-a ** -b ** ~c
+a.b[c](d).e
(a)
(a) + (b) * (c)
((a + b)) * c
a if b else c if d else e
(a if b else c) if d else e
lambda: 0
lambda a, b=1, /, *c, d, e=2, **f: a if b else c
lambda *, a: a
lambda a: lambda b: a
(x := 1)
f(x := 1, y=2)
[x := 1, y := 2]
f()
f(a, *b, c, d=e, *g, **h, i=j)
f(x for x in y)
f((x for x in y), z)
f(a)(b)(c)
f(a,)
f(**{"a": 1})
()
(1,)
1,
1, 2,
(1, 2)
[]
[1]
[1, 2, *a]
{}
{1}
{1, *a, 2,}
{1: 2}
{1: 2, **a, "b": c if d else e,}
{**a}
{lambda: 1: 2}
[x for x in y]
[x for x in y if a if b for z in x if c]
[(x, y) for x, y in z]
[x for x, in y]
[x for x in a or b]
{x for x in y}
{x: y for x, y in z.items() if x}
{x: (y := 1) for x in z}
(x for x in y)
(yield_)
a[0]
a[0:1]
a[:]
a[::]
a[::2]
a[1:]
a[:1]
a[1:2:3]
a[1, 2]
a[1, :, ...]
a[(1, 2)]
a[x:=1]
a[lambda: 1]
a[*b]
a[*b, c]
a[b][c]
...
None, True, False
0, 00, 1, 10, 1_000, 0xFF, 0x_ff, 0o17, 0b1_0, 9223372036854775807, 9223372036854775808
1.0, 1., .5, 1e5, 1E-5, 1_0.0_1e1_0, 1j, 1.5J, 0e0, 0777.5
1if a else 2
1 .real
1..real
"a", 'b', """c""", '''d'''
"" "" ''
"a" 'b' """c
d""" r"\n" u"e"
b"a" B'b' rb"\x" Rb"\y" bR'z'
"\a\b\f\n\r\t\v\\\'\"\0\12\377\x41\u00e9\U0001f600\q\8"
"line \
joined"
"tab	and é and 😀"
r"\" and \\"
r'\'' "end"
f"" f"x"
f"a{b}c{d!r}e{f:>10}g{h!s:{i}.{j}}k"
f"{{literal}} {x} }}{{"
f"{a}" "{plain}" f"{b}"
f"{x = }{y=!r}{z=:>5}{w   =  }"
f"{a['b']}{f(1, x=2)}{[x for x in y]}{ {1: 2}[1] }"
f"{lambda_}{(lambda: 1)()}{x if y else z}"
f"{a != b}{a == b}{a >= b}{(x := 1)}"
f"{x:=5}"
f'''multi {
    line
} text
"quoted" {"inner"}
'''
rf"\d{x}\{y}" fr'\n{z}'
f"\n{x}\t\x41"
f"{x,}{x, y}{*a, b}"
f"{yield_}{x.y.z[0](1)}"
f"{x:%Y-%m-%d}{x:{'>'}{10}}{x:a{b}c}"
f"{'nested' f'{deeper}'}"
(f"a"
 "b"
 # comment
 f"{c}")
await_ = 1
print(*a, sep="")
"%s" % x
"{}".format(x)
a.b.c.d
os.environ.get("X", default="y").lower() in ("1", "true")
not a in b
a is not b
x = (
    1 if a  # comment
    else 2
)
ж = größe = 1
