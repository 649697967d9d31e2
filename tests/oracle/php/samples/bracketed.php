<?php
namespace A { use B\C; const X = 1; function f() { return namespace\X; } class D extends C { } }
namespace { use function A\f; f(); }
namespace E\F { }
