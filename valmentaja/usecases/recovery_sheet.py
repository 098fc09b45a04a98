"""The recovery code on paper; nothing keeps it but the paper."""

from __future__ import annotations

from pathlib import Path

from valmentaja.base import clock as clocks
from valmentaja.base.clock import Clock, SystemClock
from valmentaja.exchange import outbox
from valmentaja.vault import vault


def make(folder: Path, unit: str, code: str, language: str, *, clock: Clock | None = None) -> bytes:
    """The sheet as PDF; safe in the worker."""
    from valmentaja.documents.recovery_pdf import RecoverySheet, render

    clock = clock or SystemClock()
    sheet = RecoverySheet(
        vault=vault.identity(folder),
        unit=unit,
        code=code,
        made=clocks.today(clock),
        created=clocks.stamp(clock),
        language=language,
    )
    return render(sheet)


def file_name(folder: Path) -> str:
    """Says which vault it is of, never whose."""
    return f"palautuskoodi-{vault.identity(folder)[:8]}.pdf"


def save(folder: Path, target: Path, pdf: bytes) -> Path:
    """Into a chosen folder, never over a different file."""
    return outbox.deliver(target, file_name(folder), pdf)
