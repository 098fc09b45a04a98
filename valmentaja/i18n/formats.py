"""Dates, numbers and sort order as people read them; files never go through here."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime
from fractions import Fraction

from valmentaja.base.clock import HELSINKI


def day(value: date | None, language: str = "fi") -> str:
    """`24.11.2026` in fi and sv (CLDR's sv_FI would give 2026-11-24), `24 Nov 2026` in en; empty for None."""
    if value is None:
        return ""
    if language == "en":
        from babel.dates import format_date

        return format_date(value, "d MMM y", locale="en_GB")
    return f"{value.day}.{value.month}.{value.year}"


def weekday(value: date, language: str = "fi") -> str:
    """`Tiistai 24.11.2026`."""
    from babel.dates import format_date

    name = format_date(value, "cccc", locale=language)
    return f"{name[:1].upper()}{name[1:]} {day(value, language)}"


def month(first: date, language: str = "fi") -> str:
    """`lokakuu 2026`, `oktober 2026`, `October 2026`."""
    from babel.dates import format_date

    return format_date(first, "LLLL y", locale=language)


def short_month(first: date, language: str = "fi") -> str:
    """`loka 2026`, `okt. 2026`, `Oct 2026`: under a picture, where there is little room."""
    from babel.dates import format_date

    return format_date(first, "LLL y", locale=language)


def time_of(moment: str | datetime, language: str = "fi") -> str:
    """`12.01.07` (fi, sv) or `12:01:07` in Finnish time, from a stored UTC stamp or an aware datetime."""
    when = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    mark = ":" if language == "en" else "."
    return when.astimezone(HELSINKI).strftime(f"%H{mark}%M{mark}%S")


def short_day(value: date, language: str = "fi") -> str:
    """`8.12.`, `8 Dec` in en."""
    if language == "en":
        from babel.dates import format_date

        return format_date(value, "d MMM", locale="en_GB")
    return f"{value.day}.{value.month}."


def minute(moment: str, language: str = "fi") -> str:
    """`8.12.2026 9.05`, from a stored UTC stamp, in Finnish time."""
    when = datetime.fromisoformat(moment).astimezone(HELSINKI)
    mark = ":" if language == "en" else "."
    return f"{day(when.date(), language)} {when.hour}{mark}{when.minute:02d}"


def moment_of(stamp: str, language: str = "fi") -> str:
    """`24.11.2026 12.01.07` in Finnish time from a stored UTC stamp; the text itself when it is none."""
    try:
        when = datetime.fromisoformat(stamp).astimezone(HELSINKI)
    except ValueError:
        return stamp
    return f"{day(when.date(), language)} {time_of(when, language)}"


def decimal(value: Fraction, language: str = "fi", places: int = 1) -> str:
    """Rounded half away from zero, with the language's decimal mark: `6,7` or `6.7`."""
    scaled = abs(value) * 10**places
    whole = (scaled.numerator * 2 + scaled.denominator) // (2 * scaled.denominator)
    left, right = divmod(whole, 10**places)
    sign = "−" if value < 0 and whole else ""
    if places == 0:
        return f"{sign}{left}"
    return f"{sign}{left}{'.' if language == 'en' else ','}{right:0{places}d}"


_KEPT = {"å": "å", "ä": "ä", "ö": "ö"}
_STROKES = str.maketrans("øæđðŋŧłħı", "öäddntlhi")
"""Letters that Unicode does not take apart; ø and æ stand where ö and ä do."""


def fold(text: str) -> str:
    """Lower case without accents, but å ä ö stay letters of their own; the stored search form (store.md §1.11)."""
    lowered = unicodedata.normalize("NFC", text).casefold()
    return "".join(_KEPT.get(c) or _bare(c) for c in lowered).translate(_STROKES)


def _bare(character: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", character) if not unicodedata.combining(c))


def loosen(text: str) -> str:
    """`fold` with å ä ö opened to a and o, so that a typed *a* finds *ä*."""
    return fold(text).translate(str.maketrans("åäö", "aao"))


def sort_key(text: str) -> str:
    """Finnish and Swedish alphabetical order: … z å ä ö, v and w apart, case and accents aside."""
    return fold(text).translate(str.maketrans("åäö", "{|}"))
