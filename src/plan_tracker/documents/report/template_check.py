"""Looks an edited Word template through before it is used: what is wrong, by paragraph.

Reads one ``.docx``. A tag is looked at as docxtpl joins it: split by formatting it still works, split over two
paragraphs it doesn't. ``known`` says which fields there are: see ``template_fields``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from zipfile import BadZipFile

from docx.document import Document as DocumentObject
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from jinja2 import Environment, TemplateError, nodes
from lxml import etree

from plan_tracker.documents.report.template_fields import report_fields, required_fields
from plan_tracker.documents.report.template_lines import TAG, Line, lines_of, parts_of
from plan_tracker.documents.word.contents_fields import counted_by, toc_fields
from plan_tracker.documents.word.opening import open_document
from plan_tracker.i18n import Words, _, current_language
from plan_tracker.store.reporting.reports import Volume

_LEFTOVER = re.compile(r"{{|}}|{%|%}|{#|#}")
_QUOTES = str.maketrans("‘’“”", "''\"\"")
_OPENING = {"for": "endfor", "if": "endif"}
_WITHIN = {"elif": "if", "else": "if"}
_WORDS = (*_OPENING, *_OPENING.values(), *_WITHIN, "set")
_FUNCTIONS = ("table_number", "figure_number")
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


@dataclass(slots=True)
class _OpenBlock:
    """A ``for`` or ``if`` that is not closed yet; a ``for`` names its items' path.

    ``where``: what its tag takes away (``p``, ``tr``, ``tc``), as those of its other tags must.
    """

    word: str
    where: str
    line: Line
    variables: dict[str, str] = field(default_factory=dict)
    has_else: bool = False


def check_template(path: Path, known: Collection[str], required: Mapping[str, str], *, strict: bool) -> list[Flaw]:
    """Every flaw of the template ``path``, in reading order, then the ``required`` fields that it lacks.

    ``known`` and ``required`` are paths such as ``units[].name``, the latter with what is hidden without them (blank
    where nothing is). A lacking field is an error if ``strict``, else a warning.
    """
    try:
        document = open_document(path)
    except (FileNotFoundError, PackageNotFoundError, BadZipFile, KeyError, ValueError, etree.XMLSyntaxError):
        return [
            Flaw(
                path.name,
                _("It can't be read as a Word document."),
                _("Save it as .docx, or take plantrack's own: plantrack templates restore {name}").format(
                    name=path.stem
                ),
            )
        ]
    check = _Check(path.name, known, strict=strict)
    for part, element in parts_of(document):
        check.read(lines_of(part, element))
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


def check_report_template(path: Path, volume: Volume, *, year_end: bool) -> list[Flaw]:
    """Every flaw of the template of a report's volume."""
    required = required_fields(Words(current_language()), volume, year_end=year_end)
    return check_template(path, report_fields(), required, strict=True)


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
    for part, element in parts_of(open_document(path)):
        check.read(lines_of(part, element))
    return check.used


class _Check:
    """Goes through the paragraphs of a template, remembering what is open and which fields were named."""

    def __init__(self, file: str, known: Collection[str] | None, *, strict: bool = False) -> None:
        """``known`` None takes every name for a field; ``strict`` where each stands for the same in every template."""
        self._strict = strict
        self.file, self.flaws = file, list[Flaw]()
        self.used: set[str] = set()
        self._any, self._known = known is None, set(known or ())
        self._open: list[_OpenBlock] = []

    def read(self, lines: Iterator[Line]) -> None:
        for line in lines:
            if line.tracked and _LEFTOVER.search(line.text):
                self._add(line, _("A tag stands among tracked changes."), _("Accept or reject the changes first."))
            else:
                self._read_line(line)
        for unclosed in self._open:
            self._leave_open(unclosed)
        self._open.clear()

    def _read_line(self, line: Line) -> None:
        rest = _LEFTOVER.search(TAG.sub("", line.text))
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
        for tag in TAG.finditer(line.text):
            if tag["shown"] is not None:
                self._read_shown(line, tag["shown"])
            elif tag["code"] is not None:
                if tag["where"] in ("tr", "tc") and not line.place:
                    self._add(
                        line,
                        _("{name} stands in a table alone.").format(name=f"{{%{tag['where']} %}}"),
                        _("Use {example} here.").format(example="{%p %}"),
                    )
                self._read_statement(line, tag["where"] or "", tag["code"].strip())

    def _read_statement(self, line: Line, where: str, code: str) -> None:
        word, _space, rest = code.partition(" ")
        if word in _OPENING:
            self._enter(line, word, where, rest)
        elif word in _OPENING.values():
            self._leave(line, word, where)
        elif word in _WITHIN:
            self._turn(line, word, where)
            if rest.strip():
                self._read_expression(line, rest)
        elif word != "set":
            self._unknown(line, word, _WORDS, _("There is no command '{name}'."))

    def _turn(self, line: Line, word: str, where: str) -> None:
        """An ``else`` or ``elif``, of what was opened last."""
        if not self._open:
            self._add(line, _("{{% {word} %}} stands outside any {{% if %}}.").format(word=word))
        elif self._open[-1].has_else:
            self._add(line, _("{{% {word} %}} comes after {{% else %}}.").format(word=word), _("Delete it."))
        else:
            self._open[-1].has_else = word == "else"
            self._match(line, word, where)

    def _match(self, line: Line, word: str, where: str) -> None:
        """Tags that belong together take away the same: paragraphs, rows or cells."""
        opened = self._open[-1]
        if opened.where != where:
            self._add(
                line,
                _("{tag} belongs to {opening}, which takes away something else.").format(
                    tag=_tag(where, word), opening=_tag(opened.where, f"{opened.word} …")
                ),
                _("Write {example}.").format(example=_tag(opened.where, word)),
            )

    def _enter(self, line: Line, word: str, where: str, rest: str) -> None:
        entered = _OpenBlock(word, where, line)
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

    def _leave(self, line: Line, word: str, where: str) -> None:
        """Closes what was opened last, or the last that was opened just so: what came between is left open."""
        just_so = [at for at, opened in enumerate(self._open) if (_OPENING[opened.word], opened.where) == (word, where)]
        if just_so:
            for unclosed in self._open[just_so[-1] + 1 :]:
                self._leave_open(unclosed)
            del self._open[just_so[-1] :]
        elif self._open and _OPENING[self._open[-1].word] == word:
            self._match(line, word, where)
            self._open.pop()
        else:
            wanted = _tag(self._open[-1].where, _OPENING[self._open[-1].word]) if self._open else ""
            self._add(
                line,
                _("{{% {word} %}} closes nothing that is open here.").format(word=word),
                _("Expected: {wanted}").format(wanted=wanted) if wanted else _("Delete it, or open it above."),
            )

    def _leave_open(self, unclosed: _OpenBlock) -> None:
        self._add(
            unclosed.line,
            _("{{% {word} … %}} is never closed.").format(word=unclosed.word),
            _("Add {{% {word} %}} where it should end.").format(word=_OPENING[unclosed.word]),
        )

    def _read_shown(self, line: Line, text: str) -> None:
        """What is printed has to be one text: no list, no group, and no condition."""
        paths, source = self._read_expression(line, text), text.strip()
        bare = re.fullmatch(r"[\w.]+", source) is not None
        for path in paths if self._strict else ():
            call = "()" if path in _FUNCTIONS else ""
            if bare and any(known.startswith((f"{path}.", f"{path}[")) for known in self._known):
                self._add(
                    line,
                    _("'{text}' is several fields, which can't be printed at once.").format(text=source),
                    _("docs/templates.md lists what there is."),
                )
            elif bare and path.startswith("has_"):
                self._add(
                    line,
                    _("'{text}' is a condition, which can't be printed.").format(text=source),
                    _("Write {example}.").format(example=f"{{% if {path} %}} … {{% endif %}}"),
                )
            elif bool(call) != (f"{path.rpartition('.')[2]}()" in source):
                self._add(
                    line,
                    _("'{text}' can't be printed.").format(text=source),
                    _("Write {example}.").format(example=f"{{{{ {path}{call} }}}}"),
                )

    def _read_expression(self, line: Line, text: str) -> list[str]:
        """Checks an expression; gives the paths that it names."""
        source = text.translate(_QUOTES).strip()
        tree = _parsed(source)
        if isinstance(tree, TemplateError):
            self._add(line, _("'{text}' can't be understood: {error}").format(text=source, error=tree.message))
            return []
        return [path for chain in _chains(tree) if (path := self._resolve(line, chain))]

    def _resolve(self, line: Line, chain: list[str]) -> str:
        """The path that ``chain`` (``u``, ``name``) leads to; blank where there is none."""
        name, *rest = chain
        if name == "loop" and any(entered.word == "for" for entered in self._open):
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


@cache  # the letters' templates say the same in many places
def _parsed(expression: str) -> nodes.Template | TemplateError:
    printed = "{{ " + expression + " }}"
    try:
        _ENVIRONMENT.compile(printed)  # filters are looked up here
        return _ENVIRONMENT.parse(printed)
    except TemplateError as error:
        return error


def _tag(where: str, code: str) -> str:
    return f"{{%{where} {code} %}}"


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
