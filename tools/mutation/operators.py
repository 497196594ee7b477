"""The small bugs that somebody could have made, as changes of a module's syntax tree; pure."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

Swap = Callable[[], None]
_COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
_RECKONED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.FloorDiv: ast.Mult,
}
_CALLED = {"min": "max", "max": "min", "any": "all", "all": "any", "any_of": "all_of", "all_of": "any_of"}
_WORDS = frozenset({"_", "N_", "Message", "Plural", "TypeVar", "NewType"})


@dataclass(frozen=True)
class Mutation:
    """One change: where, what, and the call that makes it in the tree."""

    line: int
    what: str
    make: Swap


def mutations(tree: ast.Module) -> Iterator[Mutation]:
    """Every change that could be made in ``tree``, in a fixed order."""
    siblings, unordered = _attributes(tree), set(_unordered(tree))
    for node in _code(tree):
        for what, make in _changes(node, siblings) if node not in unordered else ():
            yield Mutation(node.lineno, what, make)


def _code(tree: ast.AST) -> Iterator[ast.expr | ast.stmt]:
    """Nodes that say what is done: no types, texts of messages, imports, decorators, assertions, exports, widths."""
    for child in _running(tree):
        if isinstance(child, (ast.expr, ast.stmt)):
            yield child
        yield from _code(child)


def _running(node: ast.AST) -> Iterator[ast.AST]:
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list", "bases", "type_params", "format_spec"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not _is_aside(child):
                yield child


def _is_aside(node: ast.AST) -> bool:
    """Whether nothing that counts would change with it: messages, types, and what is checked for ourselves alone."""
    match node:
        case ast.Import() | ast.ImportFrom() | ast.Assert():
            return True
        case ast.Expr(value=ast.Constant()) | ast.keyword(arg="strict" | "width"):
            return True
        case ast.Call(func=ast.Name(id=name)) | ast.Call(func=ast.Attribute(attr=name)) if name in _WORDS:
            return True
        case ast.If(test=ast.Name(id="TYPE_CHECKING")):
            return True
        case ast.Assign(targets=[ast.Name(id=name)]):
            return name == "__all__" or _is_type(node.value)
    return False


def _is_type(value: ast.expr) -> bool:
    """``X | None``, ``dict[str, int]``: another name for a type, at the module's level."""
    match value:
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            return _is_type(left) or _is_type(right)
        case ast.Subscript(value=ast.Name(id=name)):
            return name[:1].isupper() or name in ("dict", "list", "tuple", "set", "frozenset", "type")
        case ast.Constant(value=None):
            return True
    return False


def _unordered(tree: ast.Module) -> Iterator[ast.AST]:
    """Tuples whose order nobody can tell: they are only asked whether something is in them."""
    for node in ast.walk(tree):
        match node:
            case ast.ExceptHandler(type=ast.Tuple() as found):
                yield found
            case ast.Compare(ops=[ast.In() | ast.NotIn()], comparators=[(ast.Tuple() | ast.List()) as found]):
                yield found
            case ast.Call(func=ast.Name(id="isinstance") | ast.Attribute(attr="startswith" | "endswith")):
                yield from (one for one in node.args if isinstance(one, ast.Tuple))


def _changes(node: ast.AST, siblings: dict[str, list[str]]) -> Iterator[tuple[str, Swap]]:
    """What could be wrong at this node alone."""
    match node:
        case ast.Compare():
            yield from _compared(node)
        case ast.Constant():
            yield from _constant(node)
        case ast.Call():
            yield from _called(node)
        case ast.Attribute(ctx=ast.Load(), value=ast.Name(id=base), attr=name):
            yield from _attribute(node, name, siblings[base])
        case ast.Tuple(ctx=ast.Load(), elts=values) | ast.List(ctx=ast.Load(), elts=values) | ast.Dict(values=values):
            yield from _neighbours(values)
        case ast.ListComp() | ast.SetComp() | ast.GeneratorExp() | ast.DictComp():
            yield from _filtered(node)
        case _:
            yield from _turned(node)


def _turned(node: ast.AST) -> Iterator[tuple[str, Swap]]:
    """Logic and arithmetic the other way round; statements left out."""
    match node:
        case ast.BoolOp():
            yield "and ↔ or", lambda: setattr(node, "op", ast.Or() if isinstance(node.op, ast.And) else ast.And())
        case ast.BinOp(op=op) if type(op) in _RECKONED and not _is_text(node):
            other = _RECKONED[type(op)]
            yield f"{type(op).__name__} → {other.__name__}", lambda: setattr(node, "op", other())
        case ast.UnaryOp(op=ast.Not()):
            yield "without not", lambda: setattr(node, "operand", _not(node.operand))
        case ast.If() | ast.IfExp() | ast.While():
            yield "condition turned round", lambda: setattr(node, "test", _not(node.test))
        case ast.Expr(value=ast.Call()) | ast.AugAssign():
            yield "statement left out", lambda: _emptied(node)


def _compared(node: ast.Compare) -> Iterator[tuple[str, Swap]]:
    for at, op in enumerate(node.ops):
        other = _COMPARED[type(op)]

        def make(at: int = at, other: type[ast.cmpop] = other) -> None:
            node.ops[at] = other()

        yield f"{type(op).__name__} → {other.__name__}", make


def _is_text(node: ast.BinOp) -> bool:
    sides = (node.left, node.right)
    return any(isinstance(side, ast.JoinedStr) or _is_type(side) for side in sides)


def _not(node: ast.expr) -> ast.expr:
    return ast.copy_location(ast.UnaryOp(ast.Not(), node), node)


def _constant(node: ast.Constant) -> Iterator[tuple[str, Swap]]:
    value = node.value
    if isinstance(value, bool):
        yield f"{value} → {not value}", lambda: setattr(node, "value", not value)
    elif isinstance(value, int):
        yield f"{value} → {value + 1}", lambda: setattr(node, "value", value + 1)
    elif isinstance(value, str) and value:
        yield f"{value!r} → another text", lambda: setattr(node, "value", f"XX{value}")


def _called(node: ast.Call) -> Iterator[tuple[str, Swap]]:
    if isinstance(node.func, ast.Name) and node.func.id in _CALLED:
        name = node.func
        yield f"{name.id} → {_CALLED[name.id]}", lambda: setattr(name, "id", _CALLED[name.id])
    is_symmetric = isinstance(node.func, ast.Name) and node.func.id in ("min", "max")
    if not is_symmetric and not any(isinstance(argument, ast.Starred) for argument in node.args):
        yield from _neighbours(node.args)
    named = [keyword for keyword in node.keywords if keyword.arg and keyword.arg != "strict"]
    for one, other in pairwise(named):
        yield f"{one.arg} ↔ {other.arg}", partial(_exchange, one, other)


def _exchange(one: ast.keyword, other: ast.keyword) -> None:
    one.value, other.value = other.value, one.value


def _neighbours(nodes: list[ast.expr]) -> Iterator[tuple[str, Swap]]:
    for at in range(len(nodes) - 1):
        if ast.dump(nodes[at]) != ast.dump(nodes[at + 1]):

            def make(at: int = at) -> None:
                nodes[at], nodes[at + 1] = nodes[at + 1], nodes[at]

            yield f"{ast.unparse(nodes[at])} ↔ {ast.unparse(nodes[at + 1])}", make


def _attributes(tree: ast.Module) -> dict[str, list[str]]:
    """What is read of each name in the module: ``x.a`` might have been meant for ``x.b``."""
    found: dict[str, set[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            found.setdefault(node.value.id, set()).add(node.attr)
    return {base: sorted(names) for base, names in found.items()}


def _attribute(node: ast.Attribute, name: str, names: list[str]) -> Iterator[tuple[str, Swap]]:
    if len(names) > 1:
        other = names[(names.index(name) + 1) % len(names)]
        yield f".{name} → .{other}", lambda: setattr(node, "attr", other)


def _emptied(node: ast.Expr | ast.AugAssign) -> None:
    """The statement does nothing any more."""
    if isinstance(node, ast.Expr):
        node.value = ast.copy_location(ast.Constant(None), node.value)
    else:
        node.value, node.op = ast.copy_location(ast.Constant(0), node.value), ast.Add()


def _filtered(node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp) -> Iterator[tuple[str, Swap]]:
    for part in node.generators:
        for at in range(len(part.ifs)):

            def make(part: ast.comprehension = part, at: int = at) -> None:
                part.ifs[at] = _not(part.ifs[at])

            yield "filter turned round", make
