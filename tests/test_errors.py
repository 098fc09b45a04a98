"""An error comes out of a worker process as it went in, whatever a person's file was called."""

from __future__ import annotations

import pickle
from datetime import date

import pytest

from valmentaja.base.errors import DamagedError, StorageError, UserError
from valmentaja.domain.anchor import Anchor
from valmentaja.usecases.caseload import DuplicateError
from valmentaja.usecases.leaving import OldCopy, OldCopyError
from valmentaja.vault.manifest import DamagedBackupError

FILE = "{oops} } {0} {file!r}.zip"
LATER = OldCopy(later=3, known_from=date(2026, 11, 20), newest=Anchor(vault="{v}", seq=7, hash="ab"))


@pytest.mark.parametrize("kind", [UserError, StorageError, DamagedError, DamagedBackupError])
def test_braces_in_a_value_survive_the_way_from_another_process(kind: type[UserError]) -> None:
    error = kind("“{file}” cannot be read, {n}.", file=FILE, n=2)
    back = pickle.loads(pickle.dumps(error))
    assert type(back) is kind
    assert (str(back), back.args) == (f"“{FILE}” cannot be read, 2.", error.args)
    assert (back.text, back.values) == (error.text, {"file": FILE, "n": 2})


def test_without_values_the_sentence_survives_as_well() -> None:
    back = pickle.loads(pickle.dumps(UserError("Nothing can be read.")))
    assert (str(back), back.text, back.values) == ("Nothing can be read.", "Nothing can be read.", {})


@pytest.mark.parametrize(
    ("error", "more"), [(DuplicateError(()), {"rows": ()}), (OldCopyError(LATER), {"found": LATER})]
)
def test_what_a_kind_of_its_own_carries_survives(error: UserError, more: dict[str, object]) -> None:
    back = pickle.loads(pickle.dumps(error))
    assert type(back) is type(error)
    assert vars(back) == {"text": error.text, "values": error.values, **more}
    assert str(back) == str(error)
