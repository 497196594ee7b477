"""Run by a Python that has ``uno``: drives a headless LibreOffice as a person would use it. Reads its order as JSON."""

import contextlib
import json
import subprocess
import sys
import time
import uuid
from typing import Any

import uno  # type: ignore[import-not-found]
from com.sun.star.beans import NamedValue, PropertyValue  # type: ignore[import-not-found]

FILTERS = {"xlsx": "Calc MS Excel 2007 XML", "xls": "MS Excel 97", "ods": "calc8"}


def prop(name: str, value: Any) -> Any:
    item = PropertyValue()
    item.Name, item.Value = name, value
    return item


def secret(password: str, filter_name: str) -> tuple[Any, ...]:
    """What puts a password on a file; Open XML wants to be told in its own way."""
    if not password:
        return ()
    if "2007" not in filter_name:
        return (prop("Password", password),)
    pairs = []
    for key, value in (("CryptoType", "Standard"), ("OOXPassword", password)):
        pair = NamedValue()
        pair.Name, pair.Value = key, value
        pairs.append(pair)
    return (prop("EncryptionData", uno.Any("[]com.sun.star.beans.NamedValue", tuple(pairs))),)


def connect(pipe: str) -> Any:
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _attempt in range(240):
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except Exception:
            time.sleep(0.25)
    raise SystemExit("LibreOffice did not answer")


def main() -> None:
    order = json.load(sys.stdin)
    pipe = "plantrack" + uuid.uuid4().hex
    office = subprocess.Popen(
        [
            "soffice",
            f"-env:UserInstallation={order['profile']}",
            "--headless",
            "--norestore",
            "--nodefault",
            f"--accept=pipe,name={pipe};urp;",
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        context = connect(pipe)
        desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        book = desktop.loadComponentFromURL(
            uno.systemPathToFileUrl(order["form"]), "_blank", 0, (prop("Hidden", True),)
        )
        for sheet, cell, text in order["typed"]:
            book.Sheets.getByName(sheet).getCellRangeByName(cell).setFormula(text)
        book.calculateAll()
        cover = book.Sheets.getByIndex(0)
        shown = {}
        for row in range(1, 60):
            for letter in "BCDEFG":
                text = cover.getCellRangeByName(f"{letter}{row}").String
                if text:
                    shown[f"{letter}{row}"] = text
        for path in order["saved_as"]:
            name = FILTERS[path.rpartition(".")[2]]
            book.storeToURL(uno.systemPathToFileUrl(path), (prop("FilterName", name), *secret(order["password"], name)))
        book.close(True)
        with contextlib.suppress(Exception):  # it closes the connection as it goes
            desktop.terminate()
        json.dump(shown, sys.stdout)
    finally:
        try:
            office.wait(20)
        except subprocess.TimeoutExpired:
            office.kill()


main()
