"""Looks an edited Word template through before it is used: what is wrong, by paragraph.

Reads one ``.docx``. A tag is looked at as docxtpl joins it: split by formatting it still works, split over two
paragraphs it doesn't. ``known`` says which fields there are: see ``fields``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from zipfile import BadZipFile

from docx import Document
from docx.document import Document as DocumentObject
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from jinja2 import Environment, TemplateError, nodes
from lxml import etree

from plan_tracker.documents.tocfields import counted_by, entry_paragraphs, toc_fields
from plan_tracker.i18n import _

_TAG = re.compile(r"{{(?P<shown>.*?)}}|{%(?P<where>p|tr|tc|r)?(?=[\s-])-?(?P<code>.*?)-?%}|{#.*?#}", re.DOTALL)
_LEFTOVER = re.compile(r"{{|}}|{%|%}|{#|#}")
_QUOTES = str.maketrans("‘’“”", "''\"\"")
_OPENING = {"for": "endfor", "if": "endif"}
_WITHIN = {"elif": "if", "else": "if"}
_TAKEN = {"p": "w:p", "tr": "w:tr", "tc": "w:tc"}
_WORDS = (*_OPENING, *_OPENING.values(), *_WITHIN, "set")
_ENVIRONMENT = Environment(autoescape=True)


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something wrong in a template. ``paragraph`` counts from 1 in ``part`` (body, header, footer), 0 for the whole.

    ``place`` tells the table, row and cell, where it is in one; ``text`` is the paragraph's own.
    """

    file: str
    message: str
    advice: str = ""
    part: str = ""
    paragraph: int = 0
    place: str = ""
    text: str = ""
    is_error: bool = True


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph and where it stands; whether it holds tracked changes.

    ``beside``: what else stands in the paragraph, row or cell that a ``{%p %}``, ``{%tr %}`` or ``{%tc %}`` takes away.
    """

    part: str
    number: int
    place: str
    text: str
    tracked: bool = False
    beside: str = ""


@dataclass(slots=True)
class _Open:
    """A ``for`` or ``if`` that is not closed yet; a ``for`` names its items' path."""

    word: str
    line: Line
    variables: dict[str, str] = field(default_factory=dict)


def check_template(path: Path, known: Collection[str], required: Mapping[str, str], *, strict: bool) -> list[Flaw]:
    """Every flaw of the template ``path``, in reading order, then the ``required`` fields that it lacks.

    ``known`` and ``required`` are paths such as ``units[].name``, the latter with what is hidden without them (blank
    where nothing is). A lacking field is an error if ``strict``, else a warning.
    """
    try:
        document = Document(str(path))
    except (OSError, PackageNotFoundError, BadZipFile, KeyError, ValueError, etree.XMLSyntaxError):
        return [
            Flaw(
                path.name,
                _("It can't be read as a Word document."),
                _("Save it as .docx, or delete it to use the one that plantrack brings."),
            )
        ]
    check = _Check(path.name, known)
    for part, element in _parts(document):
        check.read(_lines(part, element))
    check.flaws.extend(_empty_lists(path.name, document))
    found = sorted(set(required) - check.used)
    lacking = [
        Flaw(
            path.name,
            _("The field {name} is nowhere in it.").format(name=name),
            _("Put it back. Without it: {why}").format(why=required[name])
            if required[name]
            else _("Put it back, if what it says should be told."),
            is_error=strict,
        )
        for name in found
    ]
    return [*check.flaws, *lacking]


def _empty_lists(file: str, document: DocumentObject) -> Iterator[Flaw]:
    """Lists of tables or figures that no caption counts for: LibreOffice drops the Thai names of sequences."""
    body = document.element.body
    counted = {counted_by(caption) for caption in body.iter(qn("w:p"))}
    for label in sorted({found.label for found in toc_fields(body)} - counted - {""}):
        yield Flaw(
            file,
            _("No caption counts {label}: the list of them stays empty.").format(label=label),
            _("Number the captions in Word with: Insert Caption, {label}").format(label=label),
            is_error=False,
        )


def fields_of(path: Path) -> set[str]:
    """The paths that the template ``path`` names, whatever they are."""
    check = _Check(path.name, None)
    for part, element in _parts(Document(str(path))):
        check.read(_lines(part, element))
    return check.used


def _parts(document: DocumentObject) -> Iterator[tuple[str, etree._Element]]:
    yield "body", document.element.body
    for section in document.sections:
        for part, story in (("header", section.header), ("footer", section.footer)):
            if not story.is_linked_to_previous:
                yield part, story._element


def _lines(part: str, element: etree._Element) -> Iterator[Line]:
    tables = {table: number for number, table in enumerate(element.iter(qn("w:tbl")), 1)}
    contents = entry_paragraphs(element)  # made anew in each report
    for number, paragraph in enumerate(element.iter(qn("w:p")), 1):
        if paragraph in contents:
            continue
        text = _text(paragraph)
        tracked = next(paragraph.iter(qn("w:ins"), qn("w:del")), None) is not None
        yield Line(part, number, _place(paragraph, tables), text, tracked, _beside(paragraph, text).strip())


def _text(element: etree._Element) -> str:
    pieces = element.iter(qn("w:t"), qn("w:br"), qn("w:tab"), qn("w:delText"))
    return "".join(piece.text or "" if piece.tag in (qn("w:t"), qn("w:delText")) else " " for piece in pieces)


def _beside(paragraph: etree._Element, text: str) -> str:
    """What goes with the first tag of ``paragraph`` that takes away all that it stands in."""
    taking = next((tag for tag in _TAG.finditer(text) if tag["where"] in _TAKEN), None)
    if taking is None:
        return ""
    kind = qn(_TAKEN[taking["where"]])
    taken = paragraph if paragraph.tag == kind else next(paragraph.iterancestors(kind), paragraph)
    return _text(taken).replace(taking[0], "", 1)


def _place(paragraph: etree._Element, tables: Mapping[etree._Element, int]) -> str:
    cell = next(paragraph.iterancestors(qn("w:tc")), None)
    if cell is None:
        return ""
    row = next(cell.iterancestors(qn("w:tr")))
    table = next(row.iterancestors(qn("w:tbl")))
    return _("table {table}, row {row}, cell {cell}").format(
        table=tables[table], row=_position(row, table), cell=_position(cell, row)
    )


def _position(child: etree._Element, parent: etree._Element) -> int:
    return list(parent.iter(child.tag)).index(child) + 1


class _Check:
    """Goes through the paragraphs of a template, remembering what is open and which fields were named."""

    def __init__(self, file: str, known: Collection[str] | None) -> None:
        """``known`` None takes every name for a field."""
        self.file, self.flaws = file, list[Flaw]()
        self.used: set[str] = set()
        self._any, self._known = known is None, set(known or ())
        self._open: list[_Open] = []

    def read(self, lines: Iterator[Line]) -> None:
        for line in lines:
            if line.tracked and _LEFTOVER.search(line.text):
                self._add(line, _("A tag stands among tracked changes."), _("Accept or reject the changes first."))
            else:
                self._read_line(line)
        for unclosed in self._open:
            self._add(
                unclosed.line,
                _("{{% {word} … %}} is never closed.").format(word=unclosed.word),
                _("Add {{% {word} %}} where it should end.").format(word=_OPENING[unclosed.word]),
            )
        self._open.clear()

    def _read_line(self, line: Line) -> None:
        rest = _LEFTOVER.search(_TAG.sub("", line.text))
        if rest:
            self._add(
                line,
                _("A tag is not whole: {sign} has no partner in this paragraph.").format(sign=rest[0]),
                _("A tag begins and ends in the same paragraph, such as {example}.").format(example="{{ plan.name }}"),
            )
        if line.beside:
            self._add(
                line,
                _("'{text}' goes with the tag that it stands beside.").format(text=line.beside[:60]),
                _("Give the tag a paragraph of its own; {%tr %} a row, {%tc %} a cell."),
            )
        for tag in _TAG.finditer(line.text):
            if tag["shown"] is not None:
                self._read_expression(line, tag["shown"])
            elif tag["code"] is not None:
                if tag["where"] in ("tr", "tc") and not line.place:
                    self._add(
                        line,
                        _("{name} stands in a table alone.").format(name=f"{{%{tag['where']} %}}"),
                        _("Use {example} here.").format(example="{%p %}"),
                    )
                self._read_statement(line, tag["code"].strip())

    def _read_statement(self, line: Line, code: str) -> None:
        word, _space, rest = code.partition(" ")
        if word in _OPENING:
            self._enter(line, word, rest)
        elif word in _OPENING.values():
            self._leave(line, word)
        elif word in _WITHIN:
            if not any(entered.word in ("if", "for") for entered in self._open):
                self._add(line, _("{{% {word} %}} stands outside any {{% if %}}.").format(word=word))
            if rest.strip():
                self._read_expression(line, rest)
        elif word != "set":
            self._unknown(line, word, _WORDS, _("There is no command '{name}'."))

    def _enter(self, line: Line, word: str, rest: str) -> None:
        entered = _Open(word, line)
        if word == "if":
            self._read_expression(line, rest)
        else:
            variable, separator, items = rest.partition(" in ")
            if separator:
                paths = self._read_expression(line, items)
                item = f"{paths[0]}[]" if paths else ""
                entered.variables = {variable.strip(): item}
                self.used.add(item)
            else:
                self._add(
                    line,
                    _("'{text}' is no loop.").format(text=rest),
                    _("Write {example}.").format(example="{% for unit in units %}"),
                )
        self._open.append(entered)

    def _leave(self, line: Line, word: str) -> None:
        if not self._open or _OPENING[self._open[-1].word] != word:
            wanted = f"{{% {_OPENING[self._open[-1].word]} %}}" if self._open else ""
            self._add(
                line,
                _("{{% {word} %}} closes nothing that is open here.").format(word=word),
                _("Expected: {wanted}").format(wanted=wanted) if wanted else _("Delete it, or open it above."),
            )
        if any(_OPENING[entered.word] == word for entered in self._open):
            while _OPENING[self._open.pop().word] != word:
                pass

    def _read_expression(self, line: Line, text: str) -> list[str]:
        """Checks an expression; gives the paths that it names."""
        source = text.translate(_QUOTES).strip()
        try:
            _ENVIRONMENT.from_string("{{ " + source + " }}")  # filters are looked up here
            tree = _ENVIRONMENT.parse("{{ " + source + " }}")
        except TemplateError as error:
            self._add(line, _("'{text}' can't be understood: {error}").format(text=source, error=error.message))
            return []
        return [path for chain in _chains(tree) if (path := self._resolve(line, chain))]

    def _resolve(self, line: Line, chain: list[str]) -> str:
        """The path that ``chain`` (``u``, ``name``) leads to; blank where there is none."""
        name, *rest = chain
        if name == "loop":
            return ""
        scopes = [entered.variables for entered in reversed(self._open)]
        base = next((scope[name] for scope in scopes if name in scope), name)
        if not base:
            return ""  # its loop has been complained of
        path = ".".join([base, *rest]).replace(".[]", "[]")
        if self._exists(path):
            self.used.add(path)
            return path
        begun = rest and self._exists(base)
        written = ".".join(chain) if begun else name
        self._unknown(line, written, self._offered(name, base if begun else ""), _("There is no field '{name}'."))
        return ""

    def _offered(self, name: str, base: str) -> set[str]:
        """What could have been meant: fields of ``base``, as written after ``name``, else the first names of all."""
        if not base:
            return {re.split(r"[.\[]", known)[0] for known in self._known}
        inside = (known.removeprefix(f"{base}.") for known in self._known if known.startswith(f"{base}."))
        return {f"{name}.{known.split('[')[0]}" for known in inside}

    def _exists(self, path: str) -> bool:
        return (
            self._any or path in self._known or any(known.startswith((f"{path}.", f"{path}[")) for known in self._known)
        )

    def _unknown(self, line: Line, name: str, offered: Collection[str], what: str) -> None:
        near = get_close_matches(name, sorted(offered), 1, 0.5)
        advice = _("Did you mean {name}?").format(name=near[0]) if near else _("docs/templates.md lists what there is.")
        self._add(line, what.format(name=name), advice)

    def _add(self, line: Line, message: str, advice: str = "") -> None:
        self.flaws.append(Flaw(self.file, message, advice, line.part, line.number, line.place, line.text.strip()))


def _chains(tree: nodes.Node) -> Iterator[list[str]]:
    """Names with what is taken of them: ``u.money.budget`` as ``u``, ``money``, ``budget``; an item as ``[]``.

    ``u["name"]`` is ``u.name``, and a part of a list (``units[:3]``) is a list of the same.
    """
    inner: set[int] = set()
    for node in tree.find_all((nodes.Getattr, nodes.Getitem, nodes.Name)):
        if id(node) in inner:
            continue
        chain: list[str] = []
        one: nodes.Node = node
        while isinstance(one, nodes.Getattr | nodes.Getitem):
            if isinstance(one, nodes.Getattr):
                chain.insert(0, one.attr)
            elif not isinstance(one.arg, nodes.Slice):
                key = one.arg.value if isinstance(one.arg, nodes.Const) else None
                chain.insert(0, key if isinstance(key, str) else "[]")
            one = one.node
            inner.add(id(one))
        if isinstance(one, nodes.Name):
            yield [one.name, *chain]
