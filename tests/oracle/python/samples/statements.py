#!/usr/bin/env python
# -*- coding: utf-8 -*-
"""Every statement, in the forms in which settings, migrations and models write them."""
from __future__ import annotations

import os, sys as system
import a.b.c as d
from . import base
from .. import (one, two as zwei,)
from ...deep.er import name
from .base import *  # noqa

x = y = z = 1
a, *b = (c, (d, e)) = [1, 2]
[f, g] = h.i, j[0]
x += 1; y -= 2; z *= 3;
x /= 4
x //= 5
x %= 6
x @= 7
x &= 8
x |= 9
x ^= 10
x <<= 11
x >>= 12
x **= yield_ = None if False else 13 if x else 14
typed: int = 3
also: "str"
obj.attr: List[int] = []
obj[0]: t = 1,
(paren): int = 1
del x, (y, z), [a], obj.attr, obj[0]
assert x
assert x, "message"
pass
if a: pass
elif b: x = 1; y = 2
elif c:
    pass
else: z
if (n := len(a)) > 10:
    pass
while True:
    break
else:
    pass
while x: continue
for i in range(10): pass
for i, (j, *k) in 1, 2:
    pass
else:
    x
for x.y in *a, b:
    pass
try:
    pass
except ImportError:
    pass
except (A, B) as error:
    raise
except:
    raise X from None
else:
    pass
finally:
    pass
try: x
finally: y
try:
    pass
except* ValueError as group:
    pass
with a: pass
with a as b, c as (d, e), f:
    pass
with (a): pass
with (a, b): pass
with (a as b, c as d,): pass
with (a, b) as c: pass
with (a) as b, (c): pass
with (x for x in y): pass
with (a or b) as c: pass
with open("f") as f, open("g"): pass


def empty(): pass
def f(a, b: int = 1, /, c=2, *args: int, d, e=3, **kwargs: str) -> "x": return
def g(*, a, b=1): return a, *b
def h(a, /): return
def i(a, b, /, c, *, d): global x, y; nonlocal_ = 1
def j(*args): yield
def k(**kw): x = yield; y = yield 1, 2; yield from z; return (yield)


@decorator
@other.decorator(1, x=2)
@third[0]
async def coroutine(a):
    await b
    async for x in y:
        pass
    else:
        pass
    async with a as b, c:
        pass
    return [x async for x in y if await z]


class A: pass
class B(): pass
class C(A, metaclass=M, *x, **y):
    """Doc."""
    class Meta:
        ordering = ["-id"]

    def method(self):
        nonlocal x
        def inner():
            nonlocal y
            y = 1
        return inner


@d
class D(B): x = 1


match x:
    case 1: pass
    case {"a": [1, *rest], **kw} if x > 1:
        pass
    case Point(x=0) | None as p:
        pass
    case _:
        match = 1
match a, b:
    case (1, 2): pass
match = 1
match.x = 2
match[0] = 3
match(x)
print(match, case := 1)
type = 1
type.x
type(x)
case = 2
_ = 3
if x:
	tab = 1
	if y:
	    mixed = 2
if x:
    # comment only

    \
    y = 1
x = 1 + \
    2
x = [  # comment
    1,

    2,  # end
]
if True: x = 1; y = 2;
	
    # a comment that is indented
x = 5
lambda: (yield)
