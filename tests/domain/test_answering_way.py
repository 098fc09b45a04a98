"""How an assessment is answered is kept with it, and no more once it is closed."""

from __future__ import annotations

import pytest

from valmentaja.base.errors import UserError
from valmentaja.domain.assessment import Mode
from valmentaja.usecases import answering_way, assessing, caseload
from valmentaja.usecases.caseload import NewClient
from valmentaja.usecases.session import Session


def test_way_and_language_are_kept_until_the_assessment_is_closed(session: Session) -> None:
    client = caseload.take_on(session, NewClient(family_name="Esimerkki", given_names="Testi")).made
    assessment = assessing.begin(session, client).made
    answering_way.set_way(session, assessment, mode=Mode.INTERPRETER, language="so")
    assessing.answer(session, assessment, "A1", 4)
    assessing.close(session, assessment)
    (held,) = assessing.assessments(session, client)
    assert (held.mode, held.language) == (Mode.INTERPRETER, "so")
    with pytest.raises(UserError, match="closed"):
        answering_way.set_way(session, assessment, mode=Mode.ALONE, language="")


def test_what_is_no_language_is_refused(session: Session) -> None:
    client = caseload.take_on(session, NewClient(family_name="Esimerkki", given_names="Testi")).made
    assessment = assessing.begin(session, client).made
    with pytest.raises(UserError, match="xx1"):
        answering_way.set_way(session, assessment, mode=Mode.ALONE, language="xx1")
