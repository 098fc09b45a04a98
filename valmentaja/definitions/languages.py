"""Languages people speak, by ISO 639 code, with names from CLDR through Babel."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

_CODE = re.compile(r"[a-z]{2,3}")


@cache
def languages(shown_in: str = "fi") -> Mapping[str, str]:
    """ISO 639 code → name in `shown_in` (fi, sv or en)."""
    from babel import Locale

    names = Locale(shown_in).languages
    return MappingProxyType({code: names[code] for code in sorted(names) if _CODE.fullmatch(code)})


def is_language(code: str) -> bool:
    """True for a code of two or three letters that CLDR knows; `fin` is as good as `fi`."""
    from babel.core import get_global

    return _CODE.fullmatch(code) is not None and (code in languages() or code in get_global("language_aliases"))
