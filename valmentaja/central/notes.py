"""What every report and export says of its figures."""

from __future__ import annotations

from valmentaja.base.errors import N_

ALTERED = N_(
    "Every figure is a number of people, altered by random numbers: 1 and 2 are never published, and a 0 may hide a "
    "few people."
)
NOT_ADDITIVE = N_("Parts do not add up to totals, because each figure is altered by itself.")
