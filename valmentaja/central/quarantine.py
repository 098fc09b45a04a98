"""The copies of refused packages. What counts is kept shortened, what does not lies here as it was delivered; each is
made again from the other, and neither copy goes before the other is whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from valmentaja.central import keeping, months
from valmentaja.central.deliveries import Delivery
from valmentaja.central.lake import QUARANTINE, Lake
from valmentaja.central.merging import Merged, Status


def refill(lake: Lake, deliveries: Iterable[Delivery]) -> None:
    """What is kept of sound packages, from their copies here, where it was lost."""
    here = _here(lake)
    for one in deliveries:
        if one.sound and one.sha256 in here and not keeping.package(lake, one):
            content = keeping.shortened(keeping.read(lake.quarantined(one)), one)
            if content:
                keeping.write(lake.kept(one), content)


def tidy(lake: Lake, merged: Merged) -> None:
    """Out of the quarantine what counts by now, into it what counted until its key had a last day."""
    refused = list(_refused(merged))
    for one in refused:
        if one.sound and not keeping.holds(lake.quarantined(one), one.sha256):
            data = keeping.package(lake, one)
            if data:
                keeping.write(lake.quarantined(one), data)
    leaving = _here(lake) - {one.sha256 for one in refused}
    for one in (ruling.delivery for ruling in merged.rulings):
        if one.sha256 in leaving and months.is_whole(lake, one):
            keeping.settle(lake.kept(one))
            lake.quarantined(one).unlink(missing_ok=True)


def lost(lake: Lake, merged: Merged) -> tuple[Delivery, ...]:
    """Sound packages refused by now of which no whole copy is left: they could not count again."""
    return tuple(one for one in _refused(merged) if one.sound and not _is_whole(lake, one))


def _is_whole(lake: Lake, one: Delivery) -> bool:
    return keeping.holds(lake.quarantined(one), one.sha256) or bool(keeping.package(lake, one))


def _refused(merged: Merged) -> Iterator[Delivery]:
    return (ruling.delivery for ruling in merged.rulings if ruling.status is Status.REJECTED)


def _here(lake: Lake) -> set[str]:
    return {copy.stem for copy in (lake.folder / QUARANTINE).glob("*.zip")}
