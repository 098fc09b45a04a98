"""What is not whole, not signed, not for this coach or not from a trusted one is refused and writes nothing."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from two_vaults import everything, give, look, taker

from valmentaja.base.canonical import canonical
from valmentaja.base.clock import FixedClock
from valmentaja.base.errors import UserError
from valmentaja.crypto import coach_keys
from valmentaja.exchange import handover_package
from valmentaja.exchange.strict_json import read_object
from valmentaja.usecases import cards, caseload, handing, opening, receiving
from valmentaja.usecases.caseload import NewClient
from valmentaja.usecases.session import Session

FLIPS = 2000


@pytest.fixture
def package(one: Session, other: Session, tmp_path: Path) -> Path:
    """A small one, so that two thousand openings take seconds."""
    client = caseload.take_on(one, NewClient(family_name="Pieni", given_names="Testi")).made
    cards.own_keys(other)
    return give(one, other, (client,), tmp_path)


def refused(session: Session, path: Path) -> str:
    """The sentence; anything but a UserError fails the test."""
    with pytest.raises(UserError) as caught:
        look(session, path)
    return str(caught.value)


def test_two_thousand_flipped_bits_are_refused_and_write_nothing(other: Session, package: Path, tmp_path: Path) -> None:
    good, before = package.read_bytes(), everything(other.store)
    dice, changed = Random(2026), tmp_path / "changed.age"
    head = good.index(b"\n--- ") + 60
    bits = [place * 8 + dice.randrange(8) for place in range(head)]
    bits += dice.sample(range(len(good) * 8), FLIPS - len(bits))
    accepted = 0
    for bit in bits:
        flipped = bytearray(good)
        flipped[bit // 8] ^= 1 << bit % 8
        changed.write_bytes(flipped)
        try:
            look(other, changed)
            accepted += 1
        except UserError:
            continue
    sys.stdout.write(f"flipped bits: {len(bits)}, accepted: {accepted}\n")
    assert (len(bits), accepted) == (FLIPS, 0)
    assert everything(other.store) == before
    assert [c.record.name for c in look(other, package).clients] == ["Testi Pieni"]


def test_a_cut_package_is_refused(other: Session, package: Path) -> None:
    good = package.read_bytes()
    for kept in (0, 1, 21, 100, len(good) // 2, len(good) - 1):
        package.write_bytes(good[:kept])
        assert "not whole" in refused(other, package)


def forged(one: Session, other: Session, package: Path, change: Callable[[bytes], bytes]) -> None:
    """The package opened by its receiver, changed inside, and sealed again with the old signature."""
    inside = coach_keys.unseal(package.read_bytes(), cards.own_keys(other).box_secret)
    package.write_bytes(coach_keys.seal(change(inside), cards.own_keys(other).keys))
    assert one.unit != other.unit


def test_forged_contents_are_refused_by_the_signature_alone(
    one: Session, other: Session, package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    forged(one, other, package, lambda inside: inside.replace(b"Pieni", b"Vaara"))
    assert "signature" in refused(other, package)
    with monkeypatch.context() as without:
        without.setattr(coach_keys, "check", lambda *_: None)
        assert [c.record.name for c in look(other, package).clients] == ["Testi Vaara"]
    assert "signature" in refused(other, package)


def resigned(one: Session, other: Session, package: Path, change: Callable[[dict[str, object]], object]) -> None:
    """A package whose sender signs something else: what only the strict reading can refuse."""
    inside = coach_keys.unseal(package.read_bytes(), cards.own_keys(other).box_secret)
    body = read_object(inside.split(b"\n", 3)[3])
    change(body)
    framed = handover_package.frame(canonical(body), cards.own_keys(one))
    package.write_bytes(coach_keys.seal(framed, cards.own_keys(other).keys))


def _first(body: dict[str, object]) -> dict[str, list[dict[str, object]]]:
    return body["clients"][0]


MALFORMED: dict[str, Callable[[dict[str, object]], object]] = {
    "an unknown key": lambda b: b.update(more=1),
    "a missing table": lambda b: _first(b).pop("plan"),
    "a missing cell": lambda b: _first(b)["client"][0].pop("hetu"),
    "a number for text": lambda b: _first(b)["client"][0].update(family_name=7),
    "a day that is none": lambda b: _first(b)["client"][0].update(intake_date="2026-02-30"),
    "a short record key": lambda b: _first(b)["client"][0].update(record_key="AAAA"),
    "no client": lambda b: _first(b).update(client=[]),
    "counts that differ": lambda b: b["counts"].update(meeting=5),
    "the same client twice": lambda b: b["clients"].append(b["clients"][0]),
    "no clients": lambda b: b.update(clients=[]),
    "a status nobody knows": lambda b: _first(b)["labour_status"].append({"date": "2026-01-01", "status": "X"}),
    "a field of no plan": lambda b: _first(b)["plan_field"].append({"plan_id": "x", "field": "y", "value": "z"}),
    "another package id": lambda b: b.update(package="../../etc"),
    "another kind": lambda b: b.update(kind="gift"),
}


def test_signed_nonsense_is_refused_before_anything_is_written(one: Session, other: Session, package: Path) -> None:
    good, before = package.read_bytes(), everything(other.store)
    for change in MALFORMED.values():
        package.write_bytes(good)
        resigned(one, other, package, change)
        assert "not written as it should be" in refused(other, package)
    assert everything(other.store) == before


def test_the_control_of_signed_nonsense_is_accepted(one: Session, other: Session, package: Path) -> None:
    resigned(one, other, package, lambda body: _first(body)["client"][0].update(phone="000"))
    receiving.accept(other, look(other, package), {}, package.parent)
    assert caseload.client(other, caseload.client_rows(other)[0].id).phone == "000"


UNREADABLE: dict[str, tuple[str, dict[str, object]]] = {
    "an instrument nobody knows": (
        "assessment",
        {
            "id": "a",
            "instrument": "none-1.0",
            "form": "full",
            "opened": "2026-01-01",
            "closed": None,
            "case_id": None,
            "mode": "helped",
            "language": "",
        },
    ),
    "a service nobody knows": (
        "service_period",
        {"service": "X", "start_date": "2026-01-01", "end_date": None, "sector": None, "provider": ""},
    ),
}


@pytest.mark.parametrize("what", UNREADABLE)
def test_what_the_pages_could_not_show_is_not_taken_over(
    one: Session, other: Session, package: Path, what: str
) -> None:
    table, row = UNREADABLE[what]

    def add(body: dict[str, object]) -> None:
        _first(body)[table].append(row)
        body["counts"][table] += 1

    before = everything(other.store)
    resigned(one, other, package, add)
    with pytest.raises(UserError, match="values that this program does not know"):
        receiving.accept(other, look(other, package), {}, package.parent)
    assert everything(other.store) == before


def test_a_newer_format_or_schema_is_said(one: Session, other: Session, package: Path) -> None:
    kept = package.read_bytes()
    forged(one, other, package, lambda inside: inside.replace(b"handover/1", b"handover/2", 1))
    assert "another version (format 2" in refused(other, package)
    package.write_bytes(kept)
    resigned(one, other, package, lambda body: body.update(schema=99))
    assert "another version (format 99" in refused(other, package)


def test_a_package_for_another_coach_is_refused(
    one: Session, other: Session, package: Path, tmp_path: Path, clock: FixedClock
) -> None:
    third = taker(tmp_path / "third", clock, unit="U303")
    assert "made for another coach" in refused(third, package)
    inside = coach_keys.unseal(package.read_bytes(), cards.own_keys(other).box_secret)
    package.write_bytes(coach_keys.seal(inside, cards.own_keys(third).keys))
    cards.trust(third, cards.own_card(one), cards.own_card(one).fingerprint)
    assert "signed for another coach" in refused(third, package)
    opening.close(third)


def test_a_package_of_an_untrusted_coach_is_refused(one: Session, other: Session, package: Path) -> None:
    cards.distrust(other, cards.own_card(one).fingerprint)
    assert "do not trust" in refused(other, package)
    cards.trust(other, cards.own_card(one), cards.own_card(one).fingerprint)
    assert look(other, package).clients


def test_a_package_is_accepted_once(other: Session, package: Path, tmp_path: Path) -> None:
    seen = look(other, package)
    receiving.accept(other, seen, {}, tmp_path)
    before = everything(other.store)
    assert "opened here before" in refused(other, package)
    with pytest.raises(UserError, match="opened here before"):
        receiving.accept(other, seen, {}, tmp_path)
    assert everything(other.store) == before


def test_the_senders_own_package_is_not_for_the_sender(one: Session, package: Path) -> None:
    assert "made for another coach" in refused(one, package)


def test_too_large_is_refused_before_it_is_read(other: Session, package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handover_package, "LARGEST", package.stat().st_size - 1)
    assert "too large" in refused(other, package)
    monkeypatch.setattr(handover_package, "LARGEST", package.stat().st_size)
    assert look(other, package).clients


def test_a_receipt_that_counts_other_rows_is_refused(
    one: Session, other: Session, package: Path, tmp_path: Path
) -> None:
    receipt, _changes = receiving.accept(other, look(other, package), {}, tmp_path)
    good = receipt.read_bytes()
    resigned(other, one, receipt, lambda body: body["counts"].update(meeting=99))
    with pytest.raises(UserError, match="counts other rows"):
        handing.keep_receipt(one, handing.open_file(one, receipt))
    receipt.write_bytes(good)
    handing.keep_receipt(one, handing.open_file(one, receipt))
