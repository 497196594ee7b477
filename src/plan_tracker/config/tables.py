"""What ``config.toml`` may say: every setting with its kind, its default, and the table that it stands in.

Every command reads all of it, so that tables are named tuples, which are made in a tenth of a dataclass's time, and
annotations stand as what they are, not as texts.
"""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, NamedTuple

from plan_tracker.config.kinds import Choice, ColumnMap, Days, PerCents, Quarterly, WholeNumber, YesNo
from plan_tracker.i18n import LANGUAGES, N_

URGENCIES = ("ด่วน", "ด่วนมาก", "ด่วนที่สุด")
STARTTLS, TLS = "starttls", "tls"
LETTER_TYPES = ("memo", "external")
LETTER_KIND = re.compile(r"L[1-9][0-9]?")  # which there are, ``documents.letters.kinds`` says
EXPORT_ROWS = ("projects", "money", "outputs", "indicators", "activities", "problems")
_Days = Annotated[int, WholeNumber(0, 366)]
_Day = Annotated[int, WholeNumber(-366, 366)]
_Limit = Annotated[int, WholeNumber(1, 10**9)]
_Port = Annotated[int, WholeNumber(1, 65535)]
_Urgency = Annotated[str, Choice(("", *URGENCIES))]


class Office(NamedTuple):
    """Who sends the forms and letters. ``letterhead``: its name in lines, at the head of external letters.

    ``…_en``: what the English pages of the web site call the same; Thai where that is blank.
    """

    name: str = "สำนักงานปลัดกระทรวงดิจิทัลเพื่อเศรษฐกิจและสังคม"
    letterhead: str = ""
    ministry: str = "กระทรวงดิจิทัลเพื่อเศรษฐกิจและสังคม"
    division: str = "กองยุทธศาสตร์และแผนงาน"
    address: str = ""
    phone: str = ""
    email: str = "plan@example.go.th"
    contact: str = ""
    name_en: str = ""
    division_en: str = ""


class Due(NamedTuple):
    """Due dates, in days. The manual sets none.

    ``days_for_…`` count from the day that a letter goes out, all others from the quarter's last day. What would be due
    on a day off is due on the next working day; ``holidays`` are days off beside the public holidays.
    """

    days_after_quarter: _Days = 15
    days_for_correction: _Days = 7
    days_for_reminder: _Days = 5
    days_for_comments: _Days = 7
    issue: _Day = -15
    circulation: _Day = 30
    report: _Day = 35
    monitoring: _Day = 40
    strategy: _Day = 45
    executives: _Day = 55
    publication: _Day = 60
    holidays: Annotated[tuple[date, ...], Days()] = ()


class LimitSettings(NamedTuple):
    """What a returned file may weigh, in millions of bytes (``unpacked_mb`` once unzipped), and its filled cells.

    ``memory_mb`` and ``seconds`` (of processor time) are what reading it may take before it is given up.
    """

    file_mb: _Limit = 20
    unpacked_mb: _Limit = 300
    cells: _Limit = 500_000
    memory_mb: _Limit = 1000
    seconds: _Limit = 10


class Work(NamedTuple):
    """Who writes forms and reads returns. ``cluster``: the address of a Dask scheduler; blank: this machine alone."""

    cluster: str = ""


class LetterKind(NamedTuple):
    """What one kind of letter has of its own. Blank: as ``Letters`` says for all."""

    signatory_name: str = ""
    signatory_position: str = ""
    memo_signatory_name: str = ""
    memo_signatory_position: str = ""
    urgency: _Urgency = ""
    copies: str = ""
    number_prefix: str = ""


class Letters(NamedTuple):
    """How letters are headed, worded and signed; ``of_kinds``: what is said of a kind (``L1`` …), by its name.

    A memo within the Office is its division's, and ``memo_signatory_position`` signs it; blank: who signs the letters.
    ``emblem`` is an image in the workspace; blank leaves room for it. ``owner`` is the ส่วนราชการเจ้าของเรื่อง;
    blank: the office's division. ``number_prefix`` stands before a number that is recorded without one.
    ``executives`` are whom L6 goes to, ``kpi_addressee`` whom L8 goes to.
    """

    signatory_name: str = ""
    signatory_position: str = "ปลัดกระทรวงดิจิทัลเพื่อเศรษฐกิจและสังคม"
    memo_signatory_name: str = ""
    memo_signatory_position: str = "ผู้อำนวยการกองยุทธศาสตร์และแผนงาน"
    emblem: str = ""
    urgency: _Urgency = ""
    owner: str = ""
    copies: str = ""
    number_prefix: str = ""
    permanent_secretary: str = "ปลัดกระทรวงดิจิทัลเพื่อเศรษฐกิจและสังคม"
    by_order: str = "ตามบัญชาปลัดกระทรวงดิจิทัลเพื่อเศรษฐกิจและสังคม"
    monitoring_director: str = "ผอ.กตจ."
    strategy_director: str = "ผอ.ยศ."
    executives: str = "ปลัดกระทรวงดิจิทัลเพื่อเศรษฐกิจและสังคม ผ่านรองปลัดกระทรวงดิจิทัลเพื่อเศรษฐกิจและสังคม"
    kpi_addressee: str = "ปลัดกระทรวงดิจิทัลเพื่อเศรษฐกิจและสังคม"
    kpi_letter_type: Annotated[str, Choice(LETTER_TYPES)] = "memo"
    of_kinds: Mapping[str, Mapping[str, str]] = {}


class MailSettings(NamedTuple):
    """The office's mail account. Its password stands in the system's keyring or the environment, never here.

    ``sender`` is the address that mails come from; blank: the office's. ``user`` is whom both servers log in; blank:
    nobody. ``unnumbered``: letters go out before they have their number, too.
    """

    sender: str = ""
    copies: str = ""
    user: str = ""
    smtp_host: str = ""
    smtp_port: _Port = 587
    smtp_security: Annotated[str, Choice((STARTTLS, TLS))] = STARTTLS
    imap_host: str = ""
    imap_port: _Port = 993
    imap_security: Annotated[str, Choice((STARTTLS, TLS))] = TLS
    imap_folder: str = "INBOX"
    unnumbered: Annotated[bool, YesNo()] = False


class Report(NamedTuple):
    """``thai_digits``: ๑ ๒ ๓ in Word documents."""

    plan_title: str = "แผนปฏิบัติราชการประจำปี"
    thai_digits: Annotated[bool, YesNo()] = True


_NONE: Quarterly = (None,) * 4


class Targets(NamedTuple):
    """Cumulative disbursement, in per cent of the budget, due by the end of each quarter; and who set it so.

    It is for projects funded by the annual budget alone. Blank means: not compared.
    """

    source: str = ""
    overall: Annotated[Quarterly, PerCents()] = _NONE
    recurrent: Annotated[Quarterly, PerCents()] = _NONE
    investment: Annotated[Quarterly, PerCents()] = _NONE

    def of(self, kind: str, quarter: int) -> Decimal | None:
        """The target of ``overall``, ``recurrent`` or ``investment`` in ``quarter`` (1–4)."""
        by_kind = {"overall": self.overall, "recurrent": self.recurrent, "investment": self.investment}
        return by_kind[kind][quarter - 1]


class Kpis(NamedTuple):
    """Whether KPIs of these directions get a per cent of achievement, too, beside met or not met."""

    lower_proportional: Annotated[bool, YesNo()] = False  # target ÷ result × 100
    levels_proportional: Annotated[bool, YesNo()] = False  # result ÷ target × 100


class Publication(NamedTuple):
    """The open data catalogue's entry. Blank maintainer and e-mail: those of ``Office``.

    ``owner_org`` is the organisation's id in the catalogue, ``url`` where the package of ``{period}`` lies on the web;
    the entry does without what is blank. ``objective`` may list several, with commas between them. ``earlier`` is the
    relative link to another period's package, with ``{period}`` for its name. ``not_personal``: words that name
    nobody, though a unit gave one of them as its contact person.
    """

    owner_org: str = ""
    maintainer: str = ""
    maintainer_email: str = ""
    license_id: str = "Open Data Common"
    tags: str = "แผนปฏิบัติราชการ, โครงการ, ตัวชี้วัด, การเบิกจ่ายงบประมาณ"
    notes: str = ""
    objective: str = "พันธกิจหน่วยงาน"
    data_type: str = "ข้อมูลระเบียน"
    data_source: str = ""
    url: str = ""
    earlier: str = "../../{period}/publication/"
    not_personal: tuple[str, ...] = ()


class ExportLayout(NamedTuple):
    """How one central form is laid out: a row for each of ``rows``, a column for each heading of ``columns``.

    A column says where its cells come from; ``documents.central`` knows what may be said. Blank ``title`` and ``rows``,
    and columns that aren't named: as the layout of that name that comes with plantrack has them.
    """

    title: str = ""
    rows: Annotated[str, Choice(("", *EXPORT_ROWS))] = ""
    columns: Annotated[Mapping[str, str], ColumnMap()] = {}


class Exports(NamedTuple):
    """The office's own layouts of central forms, and what it says of those that come with plantrack, by name."""

    layouts: Mapping[str, ExportLayout] = {}


class Config(NamedTuple):
    """The whole file. Everything has a default but the fiscal year. ``demo``: all is invented, and nothing is sent."""

    fiscal_year: Annotated[
        int, WholeNumber(2400, 2999, N_("a fiscal year of the Buddhist Era, such as 2569, without quotes"))
    ]
    language: Annotated[str, Choice(LANGUAGES)] = "th"
    demo: Annotated[bool, YesNo()] = False
    office: Office = Office()
    due: Due = Due()
    limits: LimitSettings = LimitSettings()
    work: Work = Work()
    letters: Letters = Letters()
    mail: MailSettings = MailSettings()
    report: Report = Report()
    targets: Targets = Targets()
    kpis: Kpis = Kpis()
    publication: Publication = Publication()
    export: Exports = Exports()
