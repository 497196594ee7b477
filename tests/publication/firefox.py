"""Firefox without a window, driven by its own Marionette protocol: each message is its length and a JSON array."""

from __future__ import annotations

import json
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PATIENCE = 120  # seconds for whatever it is asked


class Firefox:
    """A session; ``ask`` sends a WebDriver command and gives its result."""

    def __init__(self, port: int) -> None:
        self._socket = _connected(port)
        self._read = self._socket.makefile("rb")
        self._number = 0
        self._message()
        self.ask("WebDriver:NewSession", capabilities={"alwaysMatch": {}})
        self.ask("WebDriver:SetTimeouts", script=PATIENCE * 1000, pageLoad=PATIENCE * 1000)

    def ask(self, command: str, **params: object) -> Any:
        self._number += 1
        text = json.dumps([0, self._number, command, params]).encode("utf-8")
        self._socket.sendall(b"%d:%b" % (len(text), text))
        _kind, _number, error, result = self._message()
        assert error is None, error
        return result.get("value", result)

    def open(self, page: Path, width: int) -> None:
        self.ask("WebDriver:SetWindowRect", width=width, height=900)
        self.ask("WebDriver:Navigate", url=page.as_uri())

    def run(self, script: str) -> Any:
        return self.ask("WebDriver:ExecuteScript", script=script, args=[])

    def run_until(self, script: str) -> Any:
        """``script`` calls the last of its arguments with its result."""
        return self.ask("WebDriver:ExecuteAsyncScript", script=script, args=[])

    def _message(self) -> Any:
        length = b""
        while (sign := self._read.read(1)) != b":":
            assert sign, "Firefox has ended"
            length += sign
        return json.loads(self._read.read(int(length)))


def _connected(port: int) -> socket.socket:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        except OSError:
            assert time.monotonic() < until, "Firefox does not answer"
            time.sleep(0.2)


@contextmanager
def firefox(program: str, profile: Path) -> Iterator[Firefox]:
    """Firefox with a profile of its own, ended afterwards."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    profile.mkdir(parents=True, exist_ok=True)
    (profile / "user.js").write_text(f'user_pref("marionette.port", {port});\n', "utf-8")
    words = [program, "--headless", "--marionette", "--no-remote", "--profile", str(profile)]
    with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        try:
            yield Firefox(port)
        finally:
            running.terminate()
