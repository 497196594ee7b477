"""The letters, one entry each (domain §6): what there is to know of a kind but its words. Nothing is read or written.

A further letter is an entry here, a builder of what it says beside the others, and its words in ``tools``, from which
``make templates`` makes its templates.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum, auto

from plan_tracker.config import LetterKind, Letters
from plan_tracker.errors import ConfigError
from plan_tracker.i18n import _
from plan_tracker.review import Reader

MEMO, EXTERNAL = "memo", "external"
_BOTH = (MEMO, EXTERNAL)


class To(StrEnum):
    """Whom a kind goes to. What is no unit stands by its value where a unit's code does in the ledger."""

    UNIT = "unit"
    READER = "reader"  # the monitoring director, then the strategy director
    EXECUTIVES = str(Reader.EXECUTIVES)
    KPI = "kpi"  # whom the settings name


class Occasion(Enum):
    """What a letter is written on, which it can't precede."""

    RETURN_RECEIVED = auto()
    APPROVED_BEFORE = auto()
    ORDER_GIVEN = auto()
    FILE_REJECTED = auto()


class Brings(Enum):
    """Which form a letter goes with."""

    ISSUED_FORM = auto()
    NEWEST_FORM = auto()  # once more, as issued or as last corrected
    OWN_FORM = auto()  # that which was made for the letter, where one was


class Which(Enum):
    """Which letter of a kind is cited where there are several."""

    NUMBERED = auto()  # the newest that has its number, else the newest draft, whose number is still to come
    SENT = auto()  # the newest that has its number
    LAST = auto()  # the one that was written last


@dataclass(frozen=True, slots=True)
class Citing:
    """That a letter may cite one of ``kind``; ``to`` whom that went, where it is not the same addressee."""

    kind: str
    which: Which = Which.NUMBERED
    to: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of letter.

    ``title`` stands in the file's properties; ``called`` is what commands call it. ``cites`` what it refers to, what is
    preferred first, and ``mentions`` what it speaks of besides. ``on_matters``: an addressee may have several at a
    time, each on a matter of its own. ``asks_return``: that it be sent or mended, which nobody does once the quarter is
    closed. ``goes_on``: it may take two pages itself, and encloses none. ``forms`` are those that it has a template
    for.
    ``setting`` goes where the settings say nothing of the kind.
    """

    code: str
    title: str
    called: str
    to: To = To.UNIT
    cites: tuple[Citing, ...] = ()
    mentions: tuple[Citing, ...] = ()
    occasion: Occasion | None = None
    on_matters: bool = False
    asks_return: bool = False
    brings: Brings = Brings.OWN_FORM
    goes_on: bool = False
    forms: tuple[str, ...] = _BOTH
    setting: LetterKind = field(default_factory=LetterKind)

    def template(self, form: str) -> str:
        """The file in ``templates/docx`` for the kind as a memo or an external letter."""
        return f"{self.code}-{form}.docx"


_DIRECTOR = "ผู้อำนวยการกองยุทธศาสตร์และแผนงาน"
# The Permanent Secretary neither passes on orders of his own, nor what a director remarks: another signs for him.
_ON_BEHALF = LetterKind(
    signatory_position="รองปลัดกระทรวง ปฏิบัติราชการแทน\nปลัดกระทรวงดิจิทัลเพื่อเศรษฐกิจและสังคม",
    memo_signatory_position=_DIRECTOR,
)
_REQUEST = Citing("L1")

KINDS: Mapping[str, Kind] = {
    kind.code: kind
    for kind in (
        Kind("L1", "แจ้งรายงานผลการดำเนินงาน", "request", asks_return=True, brings=Brings.ISSUED_FORM),
        Kind(
            "L2",
            "ติดตามแบบรายงานผลการดำเนินงาน",
            "reminder",
            cites=(Citing("L2", Which.SENT), _REQUEST),
            mentions=(Citing("L3"),),
            asks_return=True,
            brings=Brings.NEWEST_FORM,
        ),
        Kind(
            "L3",
            "แจ้งแก้ไขข้อมูลในแบบรายงานผลการดำเนินงาน",
            "correction",
            cites=(_REQUEST,),
            occasion=Occasion.RETURN_RECEIVED,
            asks_return=True,
        ),
        Kind("L4", "แจ้งเวียนผลการดำเนินงาน", "circulation", cites=(_REQUEST,), setting=_ON_BEHALF),
        Kind(
            "L5",
            "เสนอรายงานผลการดำเนินงานเพื่อพิจารณา",
            "consideration",
            To.READER,
            cites=(Citing("L5", Which.LAST, Reader.MONITORING),),
            occasion=Occasion.APPROVED_BEFORE,
            goes_on=True,
            forms=(MEMO,),
            setting=LetterKind(signatory_position="หัวหน้ากลุ่มติดตามและประเมินผล"),
        ),
        Kind(
            "L6",
            "รายงานผลการดำเนินงานและขออนุญาตเผยแพร่",
            "permission",
            To.EXECUTIVES,
            occasion=Occasion.APPROVED_BEFORE,
            goes_on=True,
            forms=(MEMO,),
            setting=LetterKind(signatory_position=_DIRECTOR),
        ),
        Kind(
            "L7",
            "แจ้งดำเนินการตามข้อสั่งการ",
            "orders",
            cites=(Citing("L4"), Citing("L6", Which.LAST, Reader.EXECUTIVES)),
            occasion=Occasion.ORDER_GIVEN,
            on_matters=True,
            setting=_ON_BEHALF,
        ),
        Kind("L8", "รายงานผลตัวชี้วัด", "kpis", To.KPI, setting=LetterKind(signatory_position=_DIRECTOR)),
        Kind(
            "L9",
            "แจ้งข้อเสนอแนะต่อรายงานผลการดำเนินงาน",
            "comments",
            cites=(_REQUEST,),
            on_matters=True,
            goes_on=True,
            setting=_ON_BEHALF,
        ),
        Kind(
            "L10",
            "แจ้งไฟล์แบบรายงานที่นำเข้าไม่ได้",
            "rejection",
            cites=(_REQUEST,),
            occasion=Occasion.FILE_REJECTED,
            on_matters=True,
            asks_return=True,
            brings=Brings.NEWEST_FORM,
        ),
    )
}


def setting_of(letters: Letters, kind: str, *, memo: bool = False) -> LetterKind:
    """What goes for the letters of ``kind``: its own, else what goes for all.

    For a ``memo`` within the Office what is said of memos comes first. A position never takes along the name of one
    that is said of more letters. ``ConfigError`` for settings of a kind that there is not.
    """
    own, name, position = _own(letters, kind), "", ""
    for one in (own, letters):
        for its_name, its_position in _signatories(one, memo=memo):
            if not position:
                name, position = name or its_name, its_position
    return LetterKind(
        name,
        position,
        urgency=own.urgency or letters.urgency,
        copies=own.copies or letters.copies,
        number_prefix=own.number_prefix or letters.number_prefix,
    )


def _own(letters: Letters, kind: str) -> LetterKind:
    unknown = sorted(set(letters.of_kinds) - set(KINDS))
    if unknown:
        raise ConfigError(
            _("config.toml has a setting that does not exist: {name}").format(name=f"letters.{unknown[0]}"),
            _("It may be misspelt. These exist here: {names}").format(names=", ".join(KINDS)),
        )
    return KINDS[kind].setting._replace(**letters.of_kinds.get(kind, {}))


def _signatories(one: LetterKind | Letters, *, memo: bool) -> list[tuple[str, str]]:
    """Names and positions of who may sign, those that are said of fewest letters first."""
    of_all = [(one.signatory_name, one.signatory_position)]
    return [(one.memo_signatory_name, one.memo_signatory_position), *of_all] if memo else of_all


def full_number(letters: Letters, kind: str, number: str) -> str:
    """``number`` as the registry writes it: where it stands alone (``99``, ``ว 99``), after the settings' prefix."""
    clean = number.strip().removeprefix("ที่").strip()
    return clean if "/" in clean else setting_of(letters, kind).number_prefix + clean
