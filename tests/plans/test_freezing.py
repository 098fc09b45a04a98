"""What is frozen is what is printed and attached, and what must be said anew is not carried over."""

from __future__ import annotations

from datetime import date

from pypdfium2 import PdfDocument

from tests.plans.test_notices import plan
from valmentaja.usecases import planning, signing
from valmentaja.usecases.session import Session

__all__ = ["plan"]


def attached(pdf: bytes) -> str:
    """The plan as data, as it is in the file."""
    held = PdfDocument(pdf)
    assert held.count_attachments() == 1
    return bytes(held.get_attachment(0).get_data()).decode()


def test_what_was_written_and_then_left_out_is_not_in_the_file(session: Session, plan: str) -> None:
    planning.set_field(session, plan, "ktt_included", "")
    planning.freeze(session, plan)
    held = planning.plan(session, plan)
    assert not [name for name, _value in held.fields if name.startswith("ktt_") and name != "ktt_included"]
    pdf = signing.make(signing.preview(session, plan, "fi"))
    assert "job_search" in attached(pdf)
    assert "Salainen" not in attached(pdf)


def test_the_client_is_told_again_before_the_next_version(session: Session, plan: str) -> None:
    planning.freeze(session, plan)
    following = planning.revise(session, plan).made
    fields = dict(planning.plan(session, following).fields)
    assert fields["ktt_content"] == "Puutyöt pajalla"
    assert not fields.keys() & {"ktt_informed", "ktt_informed_on"}
    places = [m.place for m in planning.missing(session, following)]
    assert "field:ktt_informed" in places
    planning.set_field(session, following, "ktt_informed", "1")
    planning.set_field(session, following, "ktt_informed_on", date(2026, 11, 24).isoformat())
    assert planning.missing(session, following) == ()
