"""Proof for later on the signing page: the request goes out as a file, what came back is added and told in words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from authority import Authority, new_authority
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel
from sitting import Sitting
from test_further_signatures import by_their_tool

from valmentaja.documents.proof import Given, added, request
from valmentaja.documents.verify import verify
from valmentaja.domain.plan import Signature, SignatureState
from valmentaja.domain.queue import QueueKind
from valmentaja.ui.page import Page, Place
from valmentaja.ui.pages.signing import SigningPage
from valmentaja.ui.proof import Proof
from valmentaja.ui.signing_key import FILE
from valmentaja.usecases import cosigning, logs, papers, settings, signing, today
from valmentaja.usecases.session import Session

WORD = "kesäyö 7"


class Desk(Sitting):
    """A plan sealed and signed by a second party with an issued certificate; its signing page is open."""

    def __init__(self, session: Session, app: QApplication, authority: Authority) -> None:
        super().__init__(app, session)
        self.plan = next(e for e in today.queue(session) if e.kind is QueueKind.SIGNATURE).about
        self.authority = authority
        on_paper = Signature(plan=self.plan, party=signing.CLIENT, state=SignatureState.PAPER, on=session.today())
        signing.keep(session, signing.seal(signing.sign_job(session, self.plan, "fi", (on_paper,))))
        self.sign("olli")
        page = self.go(Place(page="signing", key=self.plan))
        assert isinstance(page, SigningPage)
        self.signing = page

    @property
    def card(self) -> Proof:
        return self.signing.proof

    def sign(self, file: str) -> None:
        """By another program, in a field of its own; filed for whoever has not signed electronically yet."""
        known = signing.parties(self.session, self.plan)
        party = next(p.party.id for p in reversed(known) if p.state is not SignatureState.ELECTRONIC)
        back = by_their_tool(self.newest(), self.authority.key_file(file, WORD), f"Signature of {file}")
        cosigning.keep(self.session, cosigning.read(cosigning.take_in(self.session, self.plan, back)), party)

    def newest(self) -> bytes:
        held = cosigning.newest(self.session, self.plan)
        assert held is not None
        return papers.pages(self.session, held.id)

    def requests(self) -> list[Path]:
        return sorted(settings.vault_settings(self.session).outbox.glob("*.tsq"))

    def add(self, folder: Path, **files: bytes) -> str:
        """What the page says of the files with these names."""
        paths = [folder / name.replace("_", ".") for name in files]
        for path, content in zip(paths, files.values(), strict=True):
            path.write_bytes(content)
        self.card.add_files(paths)
        self.rest()
        return self.signing.message.text


@pytest.fixture
def desk(training_session: Session, qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    authority = new_authority(tmp_path / "authority")
    authority.add("Olli Esimerkki", "olli")
    authority.add("Essi Esimerkki", "essi")
    shown = Desk(training_session, qapp, authority)
    yield shown
    shown.put_away()


def words(page: Page) -> str:
    return "\n".join(label.text() for label in page.beliefs.findChildren(QLabel) if label.isVisibleTo(page.beliefs))  # type: ignore[attr-defined]


def test_tab_goes_down_the_page_also_through_what_was_made_later(desk: Desk) -> None:
    desk.signing.key.kind.set_value(FILE)
    desk.rest()
    column = desk.card.parentWidget()
    assert column is not None
    passed, part = [], desk.signing.key.kind.nextInFocusChain()
    while part is not desk.signing.key.kind:
        if column.isAncestorOf(part) and part.isVisibleTo(column) and part.focusPolicy() & Qt.FocusPolicy.TabFocus:
            passed.append(part.mapTo(column, part.rect().topLeft()).y())
        part = part.nextInFocusChain()
    start = desk.signing.key.kind.mapTo(column, QPoint()).y()
    below = [place for place in passed if place > start]
    assert len(below) > 10
    assert below == sorted(below)


def test_a_request_goes_out_an_answer_comes_back_and_the_page_says_what_it_is(desk: Desk, tmp_path: Path) -> None:
    before = desk.newest()
    desk.card.ask.click()
    desk.rest()
    (request,) = desk.requests()
    assert desk.signing.message.text == f"Written: {request}"
    assert "stamp request" in {e.action for e in logs.entries(desk.session)}
    desk.card.ask.click()
    desk.rest()
    assert len(desk.requests()) == 1, "the same request again is the same file"

    assert desk.add(tmp_path, a_tsr=desk.authority.stamp(request.read_bytes())).startswith("Added, checked and stored")
    stamped = desk.newest()
    assert stamped.startswith(before)
    assert "Time stamp: Esimerkki Juuri, aikaleimat" in words(desk.signing)
    assert "The program holds no list of trusted services" in words(desk.signing)
    assert "What issuers said" not in words(desk.signing)

    files = {"i_cer": desk.authority.certificate(), "o_ocsp": desk.authority.answer("olli")}
    assert desk.add(tmp_path, **files).startswith("Added, checked and stored")
    assert "Esimerkki Juuri said on" in words(desk.signing)
    assert "that the certificate was not revoked" in words(desk.signing)

    desk.sign("essi")
    check = verify(desk.newest())
    assert check.holds
    assert [s.stamp for s in check.signatures] == [False, False, True, False]
    assert len(check.said) == 1


def test_what_is_not_right_is_told_and_nothing_is_stored(desk: Desk, tmp_path: Path) -> None:
    desk.card.save_request()
    desk.rest()
    (request,) = desk.requests()
    answer = desk.authority.stamp(request.read_bytes())
    before = desk.newest()
    damaged = answer[:-20] + bytes([answer[-20] ^ 1]) + answer[-19:]
    assert "a.tsr does not hold" in desk.add(tmp_path, a_tsr=damaged)
    assert "b.tsr is none of these" in desk.add(tmp_path, b_tsr=b"hei")
    assert "c.crl is larger than 20 MB" in desk.add(tmp_path, c_crl=bytes(20 * 1024 * 1024 + 1))
    assert "without the certificate of its issuer" in desk.add(tmp_path, d_crl=desk.authority.revoked())
    assert desk.newest() == before
    desk.sign("essi")
    assert "a.tsr is for the plan as it was before" in desk.add(tmp_path, a_tsr=answer)


def test_a_revoked_certificate_stands_out(desk: Desk, tmp_path: Path) -> None:
    desk.authority.revoke("olli")
    desk.add(tmp_path, i_pem=desk.authority.certificate(), o_crl=desk.authority.revoked())
    assert "that the certificate has been revoked since 20 Nov 2026" in words(desk.signing)
    assert "\nrevoked" in words(desk.signing)


def test_a_pdf_to_which_others_added_a_stamp_is_taken_in_on_either_card(desk: Desk, tmp_path: Path) -> None:
    answer = desk.authority.stamp(request(desk.newest()))
    theirs = added([Given(name="a", content=answer)], {"a": desk.newest()}, "a").pdf
    signed = by_their_tool(desk.newest(), desk.authority.key_file("essi", WORD), "S9")
    assert "Somebody has signed this file" in desk.add(tmp_path, s_pdf=signed)
    assert "Take in a PDF alone" in desk.add(tmp_path, t_pdf=theirs, u_cer=desk.authority.certificate())
    before = states(desk)
    (tmp_path / "t.pdf").write_bytes(theirs)
    desk.signing.next.take_in(tmp_path / "t.pdf")
    desk.rest()
    assert desk.signing.message.text.startswith("Nobody has signed it anew, but proof was added to it.")
    assert desk.newest() == theirs
    files = [Given(name="l", content=desk.authority.revoked())]
    again = added(files, {"a": theirs}, "a").pdf
    assert desk.add(tmp_path, v_pdf=again).startswith("Added, checked and stored")
    assert (desk.newest(), states(desk)) == (again, before)


def test_when_every_party_has_signed_a_file_that_somebody_else_signed_is_taken_in(desk: Desk, tmp_path: Path) -> None:
    desk.sign("essi")
    assert set(states(desk)) == {SignatureState.ELECTRONIC}
    card = desk.signing.next
    desk.signing.refresh()
    assert card.isVisibleTo(desk.signing)
    assert not card.key.isVisibleTo(desk.signing)
    assert not card.button.isVisibleTo(desk.signing)
    returned = by_their_tool(desk.newest(), desk.authority.key_file("olli", WORD), "Witness")
    (tmp_path / "w.pdf").write_bytes(returned)
    card.take_in(tmp_path / "w.pdf")
    desk.rest()
    assert desk.signing.message.text == "Signed by Olli Esimerkki and stored as a new document."
    assert desk.newest() == returned


def states(desk: Desk) -> list[SignatureState]:
    return [p.state for p in signing.parties(desk.session, desk.plan)]
