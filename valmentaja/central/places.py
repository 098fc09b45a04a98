"""The same figures of places side by side: the country by region, a region by municipality, that by unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from valmentaja.base.errors import N_, UserError
from valmentaja.central import sums
from valmentaja.central.engine import Choice
from valmentaja.central.report import Figures, ratio_estimate, told, told_percent, withheld
from valmentaja.central.sums import Sums
from valmentaja.definitions.municipalities import municipalities
from valmentaja.documents.figures_paper import FiguresPart
from valmentaja.indicators.month import CASELOAD
from valmentaja.indicators.ratios import RATIOS
from valmentaja.pictures.picture import PictureTable

MONTHS = 12
EVERYBODY, GROUP_P = RATIOS[0], RATIOS[1]


class Level(StrEnum):
    """How much of the country a report is about."""

    COUNTRY = "country"
    REGION = "region"
    MUNICIPALITY = "municipality"
    UNIT = "unit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What a report is about; `code` is empty for the country."""

    level: Level = Level.COUNTRY
    code: str = ""

    @property
    def municipalities(self) -> tuple[str, ...]:
        """The municipalities to choose by; none named is all of them."""
        if self.level is Level.REGION:
            return tuple(m.code for m in municipalities().values() if m.region == self.code)
        return (self.code,) if self.level is Level.MUNICIPALITY else ()

    def choice(self, first: str, last: str) -> Choice:
        """What is asked about; below a municipality places are units."""
        unit = self.code if self.level is Level.UNIT else ""
        below = "municipality" if self.level in (Level.COUNTRY, Level.REGION) else "unit"
        return Choice(first=first, last=last, municipalities=self.municipalities, unit=unit, place=below)

    def name(self, language: str) -> str:
        """As people call it; a unit goes by its code."""
        if self.level is Level.REGION:
            return _region_names(language)[self.code]
        return _municipality(self.code, language) if self.level is Level.MUNICIPALITY else self.code


def region(text: str) -> Place:
    """The region by its number or its name in any language."""
    for code in _region_names("fi"):
        names = {code, *(_region_names(language)[code].casefold() for language in ("fi", "sv"))}
        if text.casefold() in names:
            return Place(level=Level.REGION, code=code)
    raise UserError(N_("There is no region “{text}”. Give its name or its two digits."), text=text[:40])


def municipality(text: str) -> Place:
    """The municipality by its number or its name."""
    for one in municipalities().values():
        if text.casefold() in (one.code, one.fi.casefold(), one.sv.casefold()):
            return Place(level=Level.MUNICIPALITY, code=one.code)
    raise UserError(N_("There is no municipality “{text}”. Give its name or its three digits."), text=text[:40])


def side_by_side(place: Place, found: Mapping[str, Sums], figures: Figures) -> FiguresPart | None:
    """The places one level below, over the newest twelve months; None for a unit, which has none.

    `found` is the answer to `places.sql`, by municipality or unit."""
    if place.level is Level.UNIT:
        return None
    grouped: dict[str, list[Sums]] = {}
    for code, one in found.items():
        grouped.setdefault(_below(place, code), []).append(one)
    w, months = figures.words, figures.months[-MONTHS:]
    rows = []
    for code, several in grouped.items():
        mine = replace(figures, sums=sums.together(several), months=months)
        caseload = sums.average([mine.of(CASELOAD, month) for month in months])
        rates = (told_percent(ratio_estimate(mine, ratio, months), mine) for ratio in (EVERYBODY, GROUP_P))
        units = str(units_of(mine.sums))
        rows.append((_name_below(place, code, figures.language), units, told(caseload, mine), *rates))
    head = (w("Place"), w("Units"), w("Clients on average"), *(w(ratio.name) for ratio in (EVERYBODY, GROUP_P)))
    says = w("The newest {n} months. Small differences mean nothing.", n=len(months))
    table = PictureTable(head=head, rows=tuple(sorted(rows)), numbers=True)
    every = replace(figures, sums=sums.together(found.values()))
    left_out = withheld(every, (CASELOAD, *EVERYBODY.below), months)
    return FiguresPart(title=w("Places side by side"), says=(says, *left_out), table=table)


def units_of(found: Sums) -> int:
    """How many units delivered, in the month in which most did."""
    return max((one.units + one.withheld for (_, key), one in found.items() if key == CASELOAD), default=0)


def _below(place: Place, code: str) -> str:
    if place.level is not Level.COUNTRY:
        return code
    known = municipalities().get(code)
    return known.region if known else ""


def _name_below(place: Place, code: str, language: str) -> str:
    if place.level is Level.COUNTRY:
        return _region_names(language).get(code, "–")
    return _municipality(code, language) if place.level is Level.REGION else code


def _municipality(code: str, language: str) -> str:
    known = municipalities().get(code)
    return known.name_in(language) if known else code


def _region_names(language: str) -> dict[str, str]:
    return {m.region: m.region_sv if language == "sv" else m.region_fi for m in municipalities().values()}
