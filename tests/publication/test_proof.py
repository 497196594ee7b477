"""What is published can be checked by anyone: the hash tree, its signature, the key, what each edition changed."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan_tracker.publication.proof.keys import fingerprint, passing_key
from plan_tracker.publication.proof.statement import NoProofError, Proof, read_proof
from plan_tracker.publication.proof.tree import _node, path_of, root_of
from plan_tracker.publication.revisions import Edition, next_editions, write_revisions
from plan_tracker.publication.values import ValuePlace

VALUES = {
    ValuePlace("projects", "P001", "budget_baht"): "4500000.00",
    ValuePlace("projects", "P001", "project_name"): 'ระบบ "ติดตาม"\n<b> \u2028 (ตัวอย่าง)',
    ValuePlace("kpis", "K01", "result"): "20",
}


def _proof() -> Proof:
    return Proof.of(VALUES, passing_key(), "2569-q1", "plantrack 0", "ab")


@given(st.lists(st.binary(max_size=8), min_size=1, max_size=40), st.data())
def test_a_path_leads_from_every_leaf_to_the_root_and_from_no_other(leaves: list[bytes], data: st.DataObject) -> None:
    number = data.draw(st.integers(0, len(leaves) - 1))

    def climbed(digest: bytes) -> bytes:
        for side, beside in path_of(leaves, number):
            digest = _node(beside, digest) if side == "left" else _node(digest, beside)
        return digest

    assert climbed(leaves[number]) == root_of(leaves)
    assert climbed(leaves[number] + b"x") != root_of(leaves)


def test_a_proof_comes_back_as_it_was_and_holds() -> None:
    proof = _proof()
    back = read_proof(proof.to_json())
    assert replace(back, leaves=list(back.leaves)) == proof
    assert back.holds
    assert [leaf[:4] for leaf in back.leaves] == [(*place, value) for place, value in VALUES.items()]


def test_salts_differ_from_leaf_to_leaf_and_are_the_same_again() -> None:
    key = passing_key()
    one, again, other = (
        [leaf.salt for leaf in Proof.of(VALUES, key, period, "p", "d").leaves]
        for period in ("2569-q1", "2569-q1", "2569-q2")
    )
    assert one == again
    assert len({*one, *other}) == 2 * len(VALUES)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("4500000.00", "4600000.00"),  # a figure
        ('"K01"', '"K02"'),  # where it stands
        ("leaves 3", "leaves 4"),
        ("plantrack 0", "plantrack 1"),  # what is stated beside it
        ("period 2569-q1", "period 2569-q2"),
    ],
)
def test_whatever_is_changed_in_a_proof_is_noticed(before: str, after: str) -> None:
    text = _proof().to_json()
    assert before in text
    assert not read_proof(text.replace(before, after)).holds


def test_a_stranger_s_key_signs_nothing_in_the_office_s_name() -> None:
    ours, theirs = _proof(), _proof()
    assert ours.public_key != theirs.public_key
    assert not replace(ours, signature=theirs.signature).holds
    assert theirs.holds, "under a key whose fingerprint is another"
    assert fingerprint(ours.public_key) != fingerprint(theirs.public_key)


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", '{"statement": "x"}', '{"statement": "plantrack-proof-1\\n"}', "null"]
)
def test_what_is_no_proof_is_none(text: str) -> None:
    with pytest.raises(NoProofError):
        read_proof(text)


@given(st.text(max_size=40))
def test_no_text_breaks_the_reader(text: str) -> None:
    for tried in (text, json.dumps({"statement": text, "leaves": text})):
        with pytest.raises(NoProofError):
            read_proof(tried)


# Editions


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A package as an earlier run left it: one edition, and its proof."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "proof.json").write_text(_proof().to_json(), "utf-8")
    write_revisions([Edition(1, date(2026, 1, 30))], tmp_path / "data" / "revisions.json")
    return tmp_path


def test_the_same_values_published_again_are_no_new_edition(package: Path) -> None:
    log = [(date(2026, 1, 30), "sha")]
    assert next_editions(package, log, VALUES, "sha", date(2026, 2, 1)) == [Edition(1, date(2026, 1, 30))]
    other = next_editions(package, log, VALUES, "other", date(2026, 2, 1))
    assert other[1:] == [Edition(2, date(2026, 2, 1), 0, (), reports=True)]


def test_an_edition_names_every_value_that_changed_came_or_went(package: Path) -> None:
    came, changed, gone = ValuePlace("kpis", "K02", "result"), *list(VALUES)[:1], *list(VALUES)[2:]
    now = {place: value for place, value in VALUES.items() if place != gone} | {came: "5", changed: "1.00"}
    *_first, second = next_editions(package, [(date(2026, 1, 30), "sha")], now, "new", date(2026, 2, 1))
    assert (second.number, second.changed, set(second.places)) == (2, 3, {came, changed, gone})
    write_revisions([Edition(1, date(2026, 1, 30)), second], package / "data" / "revisions.json")
    assert next_editions(package, [(date(2026, 2, 1), "new")], VALUES, "newer", date(2026, 3, 1))[1] == second


def test_editions_are_known_from_the_log_where_the_package_is_gone(tmp_path: Path) -> None:
    log = [(date(2026, 1, 30), "a"), (date(2026, 1, 31), "a"), (date(2026, 2, 5), "b")]
    found = next_editions(tmp_path, log, VALUES, "c", date(2026, 3, 1))
    assert [(one.number, one.day) for one in found] == [
        (1, date(2026, 1, 30)),
        (2, date(2026, 2, 5)),
        (3, date(2026, 3, 1)),
    ]
    assert next_editions(tmp_path, [], VALUES, "c", date(2026, 3, 1)) == [Edition(1, date(2026, 3, 1))]
