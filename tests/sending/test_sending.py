"""Finished papers go out whole or not at all, only the recipient opens them, and the list says what went where."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pyrage
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from valmentaja.base.canonical import canonical
from valmentaja.base.errors import StorageError, UserError
from valmentaja.cli.main import run
from valmentaja.definitions.policy import read_policy
from valmentaja.domain.plan import Signature, SignatureState
from valmentaja.domain.queue import QueueKind
from valmentaja.usecases import caseload, logs, papers, sending, signing, today
from valmentaja.usecases.session import Session

BOX, SIGN = pyrage.x25519.Identity.generate(), Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
RECEIPT_KEY = base64.b64encode(SIGN.public_key().public_bytes_raw()).decode()
POLICY = f"""
[[recipients]]
id = "hyva"
name = "Keksitty hyvinvointialue"
key = "{BOX.to_public()}"

[[recipients]]
id = "signs"
name = "Keksitty kunta"
key = "{BOX.to_public()}"
receipt_key = "{RECEIPT_KEY}"
"""


@pytest.fixture
def out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder everything goes to; the policy names two recipients."""
    policy = tmp_path / "policy.toml"
    policy.write_text(POLICY, encoding="utf-8")
    monkeypatch.setenv("VALMENTAJA_POLICY", str(policy))
    (tmp_path / "out").mkdir()
    return tmp_path / "out"


@pytest.fixture
def document(training_session: Session) -> str:
    """A sealed plan."""
    session = training_session
    plan = next(e for e in today.queue(session) if e.kind is QueueKind.SIGNATURE).about
    typed = Signature(
        plan=plan, party=signing.CLIENT, state=SignatureState.TYPED, name="Aino Esimerkki", on=session.today()
    )
    return signing.keep(session, signing.seal(signing.sign_job(session, plan, "fi", (typed,)))).made


def client_of(session: Session, document: str) -> str:
    return papers.document(session, document).client


def test_only_the_recipient_opens_it_and_it_is_the_same_byte_for_byte(
    training_session: Session, document: str, out: Path
) -> None:
    path = sending.send(training_session, document, "hyva", out)
    pdf = papers.pages(training_session, document)
    assert pyrage.decrypt(path.read_bytes(), [BOX]) == pdf
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(path.read_bytes(), [pyrage.x25519.Identity.generate()])
    person = caseload.client(training_session, client_of(training_session, document))
    assert person.family_name.casefold() not in path.name.casefold()
    (row,) = sending.sent(training_session)
    assert (row.to, row.sending.file_name, row.sending.picked_up) == ("Keksitty hyvinvointialue", path.name, None)
    assert "send" in {entry.action for entry in logs.entries(training_session)}


def test_a_second_sending_has_a_name_of_its_own(training_session: Session, document: str, out: Path) -> None:
    first, second = (sending.send(training_session, document, "hyva", out) for _ in range(2))
    assert first.name != second.name
    assert len(sending.sent(training_session)) == 2
    first.unlink()
    third = sending.send(training_session, document, "hyva", out)
    assert third.name not in (first.name, second.name)


def test_the_clients_own_copy_is_as_it_is_and_listed_once(training_session: Session, document: str, out: Path) -> None:
    path = sending.hand_over(training_session, document, out)
    assert path.read_bytes() == papers.pages(training_session, document)
    assert sending.hand_over(training_session, document, out) == path
    (row,) = sending.sent(training_session, client_of(training_session, document))
    assert (row.sending.recipient, row.to) == ("", "")


@pytest.mark.parametrize("recipient", ["", "nobody"])
def test_without_the_recipients_key_nothing_is_written(
    training_session: Session, document: str, out: Path, recipient: str
) -> None:
    with pytest.raises(UserError, match=r"no recipient .*Nothing was written"):
        sending.send(training_session, document, recipient, out)
    assert list(out.iterdir()) == []
    assert sending.sent(training_session) == ()


def test_what_cannot_be_written_is_not_on_the_list(training_session: Session, document: str, out: Path) -> None:
    name = sending.send(training_session, document, "hyva", out).name
    blocked = name.replace("_hyva", "_hyva_2")
    (out / blocked).write_text("somebody's file", encoding="utf-8")
    with pytest.raises(StorageError, match="different"):
        sending.send(training_session, document, "hyva", out)
    assert (out / blocked).read_text(encoding="utf-8") == "somebody's file"
    assert len(sending.sent(training_session)) == 1
    assert logs.first_break(training_session) is None


def test_a_receipt_marks_what_was_picked_up(
    training_session: Session, document: str, out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = sending.send(training_session, document, "hyva", out)
    assert run(["arrived", str(path), "--by", "Kirjaamo", "--out", str(out)]) == 0
    made = Path(capsys.readouterr().out.strip())
    sending.take_receipt(training_session, made)
    (row,) = sending.sent(training_session)
    assert row.sending.picked_up is not None
    assert json.loads(row.sending.receipt)["by"] == "Kirjaamo"
    with pytest.raises(UserError, match="already"):
        sending.take_receipt(training_session, made)


def test_where_receipts_are_signed_no_other_counts(training_session: Session, document: str, out: Path) -> None:
    path = sending.send(training_session, document, "signs", out)
    made = sending.write_receipt(path, out, by="Kirjaamo", received="2026-11-24T10:00:00Z")
    with pytest.raises(UserError, match="not signed by Keksitty kunta"):
        sending.take_receipt(training_session, made)
    told = json.loads(made.read_bytes())
    other = Ed25519PrivateKey.generate()
    for key, good in ((other, False), (SIGN, True)):
        signed = {**told, "signature": base64.b64encode(key.sign(canonical(told))).decode()}
        made.write_text(json.dumps(signed), encoding="utf-8")
        if good:
            sending.take_receipt(training_session, made)
        else:
            with pytest.raises(UserError, match="not signed"):
                sending.take_receipt(training_session, made)
    assert sending.sent(training_session)[0].sending.picked_up == "2026-11-24T10:00:00Z"


@pytest.mark.parametrize(
    "change",
    [
        {"format": "other/1"},
        {"sha256": "0" * 64},
        {"file": "another.pdf.age"},
        {"received": "yesterday"},
        {"by": 5},
        {"more": "x"},
    ],
)
def test_a_receipt_that_is_not_of_this_file_changes_nothing(
    training_session: Session, document: str, out: Path, change: dict[str, object]
) -> None:
    path = sending.send(training_session, document, "hyva", out)
    made = sending.write_receipt(path, out, by="Kirjaamo", received="2026-11-24T10:00:00Z")
    made.write_text(json.dumps({**json.loads(made.read_bytes()), **change}), encoding="utf-8")
    with pytest.raises(UserError, match="receipt"):
        sending.take_receipt(training_session, made)
    assert sending.sent(training_session)[0].sending.picked_up is None


@pytest.mark.parametrize(
    ("find", "put", "says"),
    [
        ("hyva", "Hyvä alue", r"recipients\[1\]\.id"),
        ('key = "age1', 'key = "age2', r"recipients\[1\]\.key.*age1"),
        (RECEIPT_KEY, "lyhyt", r"receipt_key.*Ed25519"),
        ('id = "signs"', 'id = "hyva"', "twice|unique|occurs"),
    ],
)
def test_a_broken_recipient_is_named(tmp_path: Path, find: str, put: str, says: str) -> None:
    path = tmp_path / "policy.toml"
    path.write_text(POLICY.replace(find, put, 1), encoding="utf-8")
    with pytest.raises(UserError, match=says):
        read_policy(path)
