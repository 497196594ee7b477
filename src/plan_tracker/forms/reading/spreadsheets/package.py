"""A workbook's bytes to its sheets: what kind of file they are, whether it may be read, and by what.

Nothing is trusted: a package that lies about its size, is over the limits or declares a DOCTYPE is refused.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Collection, Mapping

from lxml import etree

from plan_tracker.forms.reading.raw import Refusal
from plan_tracker.forms.reading.spreadsheets import opendocument
from plan_tracker.forms.reading.spreadsheets.binary import read_xls
from plan_tracker.forms.reading.spreadsheets.file_kinds import OLE, file_kind
from plan_tracker.forms.reading.spreadsheets.grid import Sheet, SheetLimits, TooManyCellsError
from plan_tracker.forms.reading.spreadsheets.openxml import ROOT, read_xlsx
from plan_tracker.forms.reading.spreadsheets.sheet_xml import parse_part

_ZIP = b"PK\x03\x04"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_FLAT = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml|office:document)[^\x00]{0,9000}opendocument\.spreadsheet")
_BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    etree.XMLSyntaxError,
    OSError,
    EOFError,
    ValueError,
    KeyError,
)


def open_workbook(content: bytes, limits: SheetLimits, aside: Collection[str] = ()) -> Mapping[str, Sheet] | Refusal:
    """Every sheet of a workbook (.xlsx, .xlsm, .xls, .ods, .fods) by its name; a ``Refusal`` says why it isn't read.

    An .xlsx is not even looked at where its sheets are named ``aside``, of which nobody needs anything.
    Raises what xlrd raises for a damaged .xls.
    """
    try:
        if not content:
            return Refusal("FILE-UNREADABLE", {"reason": "0 bytes"})
        if content.startswith(OLE):
            return _open_ole(content, limits)
        if content.startswith(_ZIP):
            return _open_zip(content, limits, aside)
        return _open_flat(content, limits) if _FLAT.match(content) else _no_workbook(content)
    except TooManyCellsError:
        return Refusal("FILE-TOO-LARGE", {"limit": f"{limits.cells:,} cells"})
    except _BROKEN as error:
        return Refusal("FILE-UNREADABLE", {"reason": str(error)})


def _open_ole(content: bytes, limits: SheetLimits) -> Mapping[str, Sheet] | Refusal:
    """An .xls, or what else is packed so: a workbook with a password, or a document of another program."""
    if _ENCRYPTED in content:
        return Refusal("FILE-ENCRYPTED")
    return _no_workbook(content) if file_kind(content) else read_xls(content, limits)


def _no_workbook(content: bytes) -> Refusal:
    """A refusal that says what it is instead, where that is known."""
    kind = file_kind(content)
    return Refusal("FILE-TYPE", {"case": kind} if kind else {})


def _open_zip(content: bytes, limits: SheetLimits, aside: Collection[str]) -> Mapping[str, Sheet] | Refusal:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(item.file_size for item in archive.infolist()) > limits.unpacked:
                return Refusal("FILE-TOO-LARGE", {"limit": f"{limits.unpacked // 10**6} MB"})
            names = archive.namelist()
            if opendocument.is_encrypted(archive):
                return Refusal("FILE-ENCRYPTED", {"case": "ods"})
            if opendocument.CONTENT not in names or ROOT in names:
                return read_xlsx(archive, limits, aside) or _no_workbook(content)
            root = parse_part(archive.read(opendocument.CONTENT))
            return opendocument.read_tables(root, limits) or _no_workbook(content)
    except (RuntimeError, NotImplementedError):  # the standard library's words for a zip with a password
        return Refusal("FILE-ENCRYPTED")


def _open_flat(content: bytes, limits: SheetLimits) -> Mapping[str, Sheet] | Refusal:
    if len(content) > limits.unpacked:
        return Refusal("FILE-TOO-LARGE", {"limit": f"{limits.unpacked // 10**6} MB"})
    return opendocument.read_tables(parse_part(content), limits) or _no_workbook(content)
