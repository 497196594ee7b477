"""The inbox being watched: what arrives is taken in, and answered where told so."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, replace

import pytest

from plan_tracker.checking.findings import Finding, Severity
from plan_tracker.intake.outcome import FileResult
from plan_tracker.steps.collect.ingest import Ingested
from plan_tracker.steps.mail import watch as watching
from plan_tracker.steps.mail.watch import Watcher, WatchRound, watch
from plan_tracker.store import Store
from plan_tracker.workspace.folders import Workspace, open_workspace
from plan_tracker.workspace.lock import locked
from tests.desk import Q1, Desk
from tests.mail.servers import PostOffice
from tests.mail.test_drafts import attached
from tests.mail.test_sending import received


def test_one_look_takes_in_and_answers(sending: Desk, post: PostOffice) -> None:
    sending.send_back("YS", {"P001/f14.stage": "ไม่รู้"})
    looked = sending.run("watch", "--once", "--answer", expect=1)
    assert [(file["unit"], file["outcome"]) for file in looked["files"]] == [("YS", "incomplete")]
    assert [(mail["kind"], mail["state"], mail["part"]) for mail in looked["mails"]] == [("L3", "sent", "files")]
    [answer] = received(post)
    assert answer["To"] == "ys@unit.go.th"
    assert sorted(map(str, attached(answer))) == ["2569-q1-YS-v1-form.xlsx", "2569-q1-YS-v1-list.xlsx"]
    again = sending.run("watch", "--once", "--answer", expect=0)
    assert (again["files"], again["mails"]) == ([], [])


def test_an_answer_takes_less_than_a_minute_to_begin() -> None:
    """On a drive that tells of nothing the folder is looked at; mails are fetched, and what failed is tried again."""
    assert watching._LOOK / 1_000 + watching.AGAIN < 60


def test_the_board_is_renewed_by_each_look(sending: Desk) -> None:
    sending.run("board", expect=0)
    sending.send_back("YS")
    sending.run("watch", "--once", expect=0)
    assert ">1/2<" in (sending.root / "outbox" / "board.html").read_text("utf-8")


def test_what_could_not_be_answered_is_told_and_taken_in_all_the_same(sending: Desk, post: PostOffice) -> None:
    config = sending.root / "config.toml"
    config.write_text(config.read_text("utf-8").replace(f"smtp_port = {post.port}", "smtp_port = 1"), "utf-8")
    sending.send_back("YS", {"P001/f14.stage": "ไม่รู้"})
    looked = sending.run("watch", "--once", "--answer", expect=1)
    assert looked["files"][0]["outcome"] == "incomplete"
    assert "localhost:1" in looked["troubles"][0]


def test_whoever_may_not_send_does_not_answer(desk: Desk) -> None:
    desk.run("watch", "--once", "--answer", expect=2)
    desk.send_back("YS")
    desk.run("watch", "--once", expect=0)


def test_files_are_taken_in_as_they_arrive_and_others_may_work_meanwhile(sending: Desk, post: PostOffice) -> None:
    stop, rounds = threading.Event(), list[WatchRound]()

    @contextmanager
    def turn() -> Iterator[tuple[Workspace, Store]]:
        place = replace(open_workspace(sending.root), today=sending.today)
        with locked(place, "watch"):
            store = Store(place.database)
            try:
                yield place, store
            finally:
                store.close()

    watching = threading.Thread(target=watch, args=(turn, Watcher(answer=True), rounds.append), kwargs={"stop": stop})
    watching.start()
    try:
        sending.send_back("YS", {"P001/f14.stage": "ไม่รู้"})
        until(lambda: bool(post.got))
        sending.run("remind", "q1", expect=0)  # it may write: the watcher has let the workspace go
        sending.send_back("YS", {"P001/f11.result_quarter": "แก้ไขแล้ว (ตัวอย่าง)"}, name="ครั้งที่ 2.xlsx")
        until(lambda: len(taken(rounds)) > 1)
    finally:
        stop.set()
        watching.join(30)
    assert not watching.is_alive()
    assert taken(rounds) == ["incomplete", "accepted"]
    assert len(post.got) == 1


def test_a_look_is_due_when_what_lies_in_the_inbox_is_another(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not when nothing came, what came is no return, or what was looked at has only left."""
    turns = list[str]()

    @contextmanager
    def turn() -> Iterator[tuple[Workspace, Store]]:
        turns.append("")
        place = replace(open_workspace(desk.root), today=desk.today)
        store = Store(place.database)
        try:
            yield place, store
        finally:
            store.close()

    def changes(*_where: object, **_how: object) -> Iterator[frozenset[object]]:
        def told(what: str) -> frozenset[object]:
            turns.append(what)
            return frozenset()

        yield told("nothing")
        (desk.inbox / "~$YS.xlsx").write_bytes(b"x")
        yield told("no return")
        desk.send_back("YS")
        yield told("a return")
        yield told("it has left")

    monkeypatch.setattr("watchfiles.watch", changes)
    rounds = list[WatchRound]()
    watch(turn, Watcher(), rounds.append)
    assert " ".join(one or "|" for one in turns) == "| | nothing no return a return | it has left"
    assert taken(rounds) == ["accepted"]


BUSY = Finding("FILE-BUSY", Severity.NOTICE)


@dataclass
class Looking(Watcher):
    """Finds nothing, but for what ``found`` says."""

    found: WatchRound = field(default_factory=lambda: WatchRound(Ingested([])))
    looks: int = 0

    def check(self, workspace: Workspace) -> None: ...

    def take_round(self, workspace: Workspace, store: Store) -> WatchRound:
        self.looks += 1
        return self.found


@pytest.mark.parametrize(
    ("looking", "looks"),
    [
        (Looking(), 1),
        (Looking(answer=True), 1),
        (Looking(fetch=True), 3),
        (Looking(owed={Q1: {"YS"}}), 3),
        (Looking(found=WatchRound(Ingested([]), troubles=["ติดต่อไม่ได้"])), 3),
        (Looking(found=WatchRound(Ingested([FileResult("YS.xlsx", "ignored", findings=[BUSY])]))), 3),
        (Looking(found=WatchRound(Ingested([FileResult("YS.xlsx", "ignored")]))), 1),
    ],
)
def test_after_a_while_it_looks_again_where_something_may_have_come_or_is_left(
    place: Workspace, opened: Store, monkeypatch: pytest.MonkeyPatch, looking: Looking, looks: int
) -> None:
    monkeypatch.setattr(watching, "AGAIN", -1)
    monkeypatch.setattr("watchfiles.watch", lambda *_where, **_how: [frozenset()] * 2)
    watch(lambda: nullcontext((place, opened)), looking, lambda _made: None)
    assert looking.looks == looks


def taken(rounds: list[WatchRound]) -> list[str]:
    """What became of the returns; one that is still being written is left for the next look."""
    outcomes = [file.outcome for made in rounds for file in made.ingested.files]
    return [outcome for outcome in outcomes if outcome != "ignored"]


def until(came: object, seconds: float = 600) -> None:  # gives up waiting; what passes takes no time
    assert callable(came)
    ends = time.monotonic() + seconds
    while not came() and time.monotonic() < ends:
        time.sleep(0.05)
    assert came()
