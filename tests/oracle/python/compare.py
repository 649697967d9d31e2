#!/usr/bin/env python3
"""Holds our syntax trees against those of Python's own parser.

  compare.py SPELL FOLDER... [--stdlib] [--most N]

Every .py file below the folders, every piece of their refused.txt (and with --stdlib of Python's own library, at most N of it) is
read by both. What Python refuses must be refused, and what it accepts must give the same tree with
the same places.
"""
import argparse
import ast
import os
import re
import struct
import subprocess
import sys
import tempfile
import warnings

OPS = {
    "Add": "add", "Sub": "subtract", "Mult": "multiply", "MatMult": "matrix_multiply", "Div": "divide",
    "FloorDiv": "floor_divide", "Mod": "modulo", "Pow": "power", "LShift": "shift_left", "RShift": "shift_right",
    "BitAnd": "bit_and", "BitOr": "bit_or", "BitXor": "bit_xor", "Invert": "invert", "UAdd": "positive",
    "USub": "negative", "Not": "logical_not", "And": "logical_and", "Or": "logical_or", "Eq": "equal",
    "NotEq": "not_equal", "Lt": "less", "LtE": "less_equal", "Gt": "greater", "GtE": "greater_equal", "In": "in",
    "NotIn": "not_in", "Is": "is", "IsNot": "is_not",
}
ABSENT = object()


def op(node):
    return " " + OPS[type(node).__name__]


def escaped(data):
    if isinstance(data, str):
        data = data.encode("utf-8", "surrogatepass")
    return "".join(chr(b) if 32 <= b <= 126 and b != 92 else "\\x%02x" % b for b in data)


class Speller:
    def __init__(self, source, places):
        self.lines, self.places = [], places
        # Python counts lines at LF, CRLF and CR; columns are bytes.
        self.starts, at = [0], 0
        for match in re.finditer(rb"\r\n|\r|\n", source):
            self.starts.append(match.end())
        self.mark = 3 if source.startswith(b"\xef\xbb\xbf") else 0

    def place(self, node):
        if not self.places:
            return ""
        begin = self.offset(node.lineno, node.col_offset)
        end = self.offset(node.end_lineno, node.end_col_offset)
        return " %d-%d" % (begin, end)

    def offset(self, line, column):
        return self.starts[line - 1] + column + (self.mark if line == 1 else 0)

    def line(self, depth, text):
        self.lines.append(" " * depth + text)

    def node(self, depth, head, at=None, *children):
        self.line(depth, head + (self.place(at) if at is not None else ""))
        for child in children:
            self.spell(child, depth + 1)

    def identifier(self, name):
        return ("identifier", name)

    def block(self, body):
        return ("block", body) if body else ABSENT

    def spell(self, node, depth):
        if node is ABSENT or node is None:
            return self.line(depth, "-")
        if isinstance(node, tuple):
            kind, what = node
            if kind == "identifier":
                return self.line(depth, "identifier " + escaped(what))
            return self.node(depth, kind, None, *what)
        return getattr(self, type(node).__name__)(node, depth)

    # Statements
    def Module(self, n, d):
        self.node(d, "module", None, *n.body)

    def Expr(self, n, d):
        self.node(d, "expression_statement", n, n.value)

    def Assign(self, n, d):
        self.node(d, "assign", n, *n.targets, n.value)

    def AnnAssign(self, n, d):
        self.node(d, "annotated_assign", n, n.target, n.annotation, n.value)

    def AugAssign(self, n, d):
        self.node(d, "augmented_assign" + op(n.op), n, n.target, n.value)

    def some(self, *nodes):
        return [n for n in nodes if n is not None]

    def Return(self, n, d):
        self.node(d, "return_statement", n, *self.some(n.value))

    def Delete(self, n, d):
        self.node(d, "delete_statement", n, *n.targets)

    def Pass(self, n, d):
        self.node(d, "pass_statement", n)

    def Break(self, n, d):
        self.node(d, "break_statement", n)

    def Continue(self, n, d):
        self.node(d, "continue_statement", n)

    def Raise(self, n, d):
        self.node(d, "raise_statement", n, *self.some(n.exc, n.cause))

    def Global(self, n, d):
        self.node(d, "global_statement", n, *map(self.identifier, n.names))

    def Nonlocal(self, n, d):
        self.node(d, "nonlocal_statement", n, *map(self.identifier, n.names))

    def alias(self, n, d):
        self.node(d, "alias", n, *[self.identifier(x) for x in self.some(n.name, n.asname)])

    def Import(self, n, d):
        self.node(d, "import_statement", n, *n.names)

    def ImportFrom(self, n, d):
        star = n.names[0].name == "*"
        module = self.identifier(n.module) if n.module else ABSENT
        self.node(d, "import_from%s dots %d" % (" *" if star else "", n.level), n, module, *([] if star else n.names))

    def Assert(self, n, d):
        self.node(d, "assert_statement", n, *self.some(n.test, n.msg))

    def If(self, n, d):
        children, at = [], n
        while True:
            children += [at.test, self.block(at.body)]
            # `elif` is an If alone in orelse that begins where the word stands.
            if len(at.orelse) == 1 and isinstance(at.orelse[0], ast.If) and self.is_elif(at.orelse[0]):
                at = at.orelse[0]
                continue
            if at.orelse:
                children.append(self.block(at.orelse))
            break
        self.node(d, "if_statement", n, *children)

    def is_elif(self, n):
        at = self.offset(n.lineno, n.col_offset)
        return self.source[at:at + 4] == b"elif"

    def While(self, n, d):
        self.node(d, "while_statement", n, n.test, self.block(n.body), self.block(n.orelse))

    def For(self, n, d, flags=""):
        self.node(d, "for_statement" + flags, n, n.target, n.iter, self.block(n.body), self.block(n.orelse))

    def AsyncFor(self, n, d):
        self.For(n, d, " async")

    def Try(self, n, d, flags=""):
        self.node(d, "try_statement" + flags, n, self.block(n.body), *n.handlers, self.block(n.orelse), self.block(n.finalbody))

    def TryStar(self, n, d):
        self.Try(n, d, " *")

    def ExceptHandler(self, n, d):
        self.node(d, "handler", n, n.type, self.identifier(n.name) if n.name else ABSENT, self.block(n.body))

    def With(self, n, d, flags=""):
        self.node(d, "with_statement" + flags, n, *n.items, self.block(n.body))

    def AsyncWith(self, n, d):
        self.With(n, d, " async")

    def withitem(self, n, d):
        self.node(d, "with_item", None, *self.some(n.context_expr, n.optional_vars))

    def FunctionDef(self, n, d, flags=""):
        self.node(d, "function" + flags, n, ("decorators", n.decorator_list), self.identifier(n.name), ABSENT, n.args,
                  n.returns, self.block(n.body))

    def AsyncFunctionDef(self, n, d):
        self.FunctionDef(n, d, " async")

    def ClassDef(self, n, d):
        arguments = ("arguments", n.bases + n.keywords) if self.has_arguments(n) else ABSENT
        self.node(d, "class_definition", n, ("decorators", n.decorator_list), self.identifier(n.name), ABSENT, arguments,
                  self.block(n.body))

    def has_arguments(self, n):
        at = self.offset(n.lineno, n.col_offset)
        head = re.match(rb"class[ \t\\\r\n\f]+[^\s(:]+[ \t\\\r\n\f]*(.)", self.source[at:])
        return head is not None and head.group(1) == b"("

    def arguments(self, n, d):
        self.line(d, "parameters")
        defaults = [None] * (len(n.posonlyargs) + len(n.args) - len(n.defaults)) + n.defaults
        for index, arg in enumerate(n.posonlyargs + n.args):
            self.parameter(d + 1, "", arg, defaults[index])
            if index + 1 == len(n.posonlyargs):
                self.line(d + 1, "slash_marker")
        if n.vararg:
            self.parameter(d + 1, " *", n.vararg, None)
        elif n.kwonlyargs:
            self.line(d + 1, "star_marker")
        for arg, default in zip(n.kwonlyargs, n.kw_defaults):
            self.parameter(d + 1, "", arg, default)
        if n.kwarg:
            self.parameter(d + 1, " **", n.kwarg, None)

    def parameter(self, d, flags, arg, default):
        self.node(d, "parameter" + flags, None, self.identifier(arg.arg), arg.annotation, default)

    def Match(self, n, d):
        self.node(d, "match_statement", n, n.subject, *[("match_case", [c.guard, self.block(c.body)]) for c in n.cases])

    # Expressions
    def Name(self, n, d):
        self.line(d, "name " + escaped(n.id) + self.place(n))

    def Constant(self, n, d):
        v = n.value
        if v is True or v is False or v is None or v is Ellipsis:
            word = {True: "true_value", False: "false_value", None: "none_value", Ellipsis: "ellipsis_value"}[v]
            self.line(d, word + self.place(n))
        elif isinstance(v, str):
            self.line(d, "text " + escaped(v) + self.place(n))
        elif isinstance(v, bytes):
            self.line(d, "bytes " + escaped(v) + self.place(n))
        elif isinstance(v, int) and v < 1 << 63:
            self.line(d, "number %d" % v + self.place(n))
        elif isinstance(v, float) and v not in (float("inf"),):
            self.line(d, "number " + struct.pack(">d", v).hex() + self.place(n))
        else:
            self.line(d, "number ?" + self.place(n))

    def JoinedStr(self, n, d):
        self.line(d, "format" + self.place(n))
        self.parts(n, d + 1)

    def parts(self, n, d):
        places, self.places = self.places, False
        for part in n.values:
            if isinstance(part, ast.Constant):
                if part.value:
                    self.line(d, "text " + escaped(part.value))
                continue
            self.line(d, "field " + (chr(part.conversion) if part.conversion != -1 else "-"))
            self.spell(part.value, d + 1)
            if part.format_spec is not None:
                self.line(d + 1, "spec")
                self.parts(part.format_spec, d + 2)
        self.places = places

    def Attribute(self, n, d):
        self.node(d, "attribute", n, n.value, self.identifier(n.attr))

    def Subscript(self, n, d):
        self.node(d, "subscript", n, n.value, n.slice)

    def Slice(self, n, d):
        self.node(d, "slice", n, n.lower, n.upper, n.step)

    def Call(self, n, d):
        # Python keeps positional and named arguments apart; the source has them in one order.
        rest = sorted(n.args + n.keywords, key=lambda x: (x.lineno, x.col_offset))
        self.node(d, "call", n, n.func, *rest)

    def keyword(self, n, d):
        if n.arg is None:
            self.node(d, "double_starred", None, n.value)
        else:
            self.node(d, "keyword", n, self.identifier(n.arg), n.value)

    def Starred(self, n, d):
        self.node(d, "starred", n, n.value)

    def UnaryOp(self, n, d):
        self.node(d, "unary" + op(n.op), n, n.operand)

    def BinOp(self, n, d):
        self.node(d, "binary" + op(n.op), n, n.left, n.right)

    def BoolOp(self, n, d):
        self.node(d, "logical" + op(n.op), n, *n.values)

    def Compare(self, n, d):
        self.line(d, "comparison" + self.place(n))
        self.spell(n.left, d + 1)
        for o, right in zip(n.ops, n.comparators):
            self.node(d + 1, "comparator" + op(o), None, right)

    def IfExp(self, n, d):
        self.node(d, "conditional", n, n.body, n.test, n.orelse)

    def Lambda(self, n, d):
        self.node(d, "lambda", n, n.args, n.body)

    def List(self, n, d):
        self.node(d, "list", n, *n.elts)

    def Tuple(self, n, d):
        self.node(d, "tuple", n, *n.elts)

    def Set(self, n, d):
        self.node(d, "set", n, *n.elts)

    def Dict(self, n, d):
        self.node(d, "dict", n, *[("double_starred", [v]) if k is None else ("pair", [k, v]) for k, v in zip(n.keys, n.values)])

    def clauses(self, n):
        return n.generators

    def ListComp(self, n, d):
        self.node(d, "list_comprehension", n, n.elt, *n.generators)

    def SetComp(self, n, d):
        self.node(d, "set_comprehension", n, n.elt, *n.generators)

    def DictComp(self, n, d):
        self.node(d, "dict_comprehension", n, ("pair", [n.key, n.value]), *n.generators)

    def GeneratorExp(self, n, d):
        self.node(d, "generator", n, n.elt, *n.generators)

    def comprehension(self, n, d):
        self.node(d, "clause" + (" async" if n.is_async else ""), None, n.target, n.iter, *n.ifs)

    def Await(self, n, d):
        self.node(d, "await", n, n.value)

    def Yield(self, n, d):
        self.node(d, "yield", n, *self.some(n.value))

    def YieldFrom(self, n, d):
        self.node(d, "yield_from", n, n.value)

    def NamedExpr(self, n, d):
        self.node(d, "walrus", n, n.target, n.value)


def expected(path):
    """Returns the lines of a file, or None where Python refuses it, or False where it cannot be compared."""
    with open(path, "rb") as f:
        source = f.read()
    # Names of characters and lone surrogates are no part of what is read.
    if b"\\N{" in source or len(source) > 4 << 20:
        return False
    try:
        tree = ast.parse(source, path)
    except (SyntaxError, ValueError):
        return None
    except (RecursionError, MemoryError):
        return False
    if any(isinstance(n, ast.Constant) and isinstance(n.value, str) and re.search("[\ud800-\udfff]", n.value) for n in ast.walk(tree)):
        return False
    utf8 = True
    try:
        source.decode("utf-8")
    except UnicodeDecodeError:
        utf8 = False
    speller = Speller(source, utf8)
    speller.source = source
    try:
        speller.spell(tree, 0)
    except RecursionError:
        return False
    return speller.lines


def files_below(folder):
    found = []
    for root, dirs, names in os.walk(folder):
        dirs.sort()
        found += [os.path.join(root, n) for n in sorted(names) if n.endswith(".py")]
    return found


def pieces_below(folder, place):
    """Writes each piece of refused.txt into a file of its own."""
    path = os.path.join(folder, "refused.txt")
    if not os.path.exists(path):
        return []
    with open(path, encoding="utf-8") as f:
        pieces = re.split(r"(?m)^----\n", f.read())
    written = []
    for number, piece in enumerate(pieces):
        written.append(os.path.join(place, "refused-%d.py" % number))
        with open(written[-1], "w", encoding="utf-8") as f:
            f.write(piece)
    return written


def main():
    with tempfile.TemporaryDirectory() as place:
        return compare(place)


def compare(place):
    warnings.simplefilter("ignore")
    parser = argparse.ArgumentParser()
    parser.add_argument("spell")
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--stdlib", action="store_true")
    parser.add_argument("--most", type=int, default=400)
    options = parser.parse_args()
    files = [path for folder in options.folders for path in files_below(folder) + pieces_below(folder, place)]
    if options.stdlib:
        library = files_below(os.path.dirname(os.__file__))
        # Spread over all of it, so that the bound does not mean its first folders only.
        files += library if len(library) <= options.most else library[:: len(library) // options.most + 1]
    compared, refused, wrong = 0, 0, []
    for begin in range(0, len(files), 100):
        batch = files[begin:begin + 100]
        out = subprocess.run([options.spell, *batch], check=True, capture_output=True).stdout.decode("ascii", "replace")
        ours = dict(zip(batch, [part.split("\n", 1)[1].splitlines() for part in re.split(r"(?m)^== ", out)[1:]]))
        for path in batch:
            want, got = expected(path), ours[path]
            if want is False:
                continue
            if want is None:
                refused += 1
                if not got or not got[0].startswith("error "):
                    with open(path, "rb") as f:
                        wrong.append((path, "Python refuses it, we do not: %r" % f.read(200)))
                continue
            compared += 1
            if got != want:
                at = next((i for i, (a, b) in enumerate(zip(got, want)) if a != b), min(len(got), len(want)))
                if got and got[0].startswith("error "):
                    wrong.append((path, got[0]))
                    continue
                wrong.append((path, "node %d: %r, Python has %r" % (at, got[at:at + 1], want[at:at + 1])))
    for path, why in wrong[:20]:
        print("%s: %s" % (path, why))
    print("%d trees compared, %d files refused by Python, %d wrong" % (compared, refused, len(wrong)))
    return 1 if wrong or not compared else 0


if __name__ == "__main__":
    sys.exit(main())
