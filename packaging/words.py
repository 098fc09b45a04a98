"""Makes resources/words/fi.txt from the Finnish list of xkcdpass: `words.py FIN-KOTUS`.

The list has no frequencies. Short words of native letters look common and are typed without slips; endings that
mark rare derivations go, and so does every word that differs from one already taken only in its last letter.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

TARGET = Path(__file__).resolve().parents[1] / "resources" / "words" / "fi.txt"
NATIVE = re.compile(r"[adehijklmnoprstuvyäö]{4,7}")
RARE = re.compile(r".*(?:sti|mme|ttaa|ttää|llaan|isin|ahdus|ähdys|skella|skellä|hko|hkö|ks|ton|tön)$")
UNWELCOME = frozenset(
    "huora horo hutsu jumalat kuolema murha natsi neekeri paska perse perä pieru pillu pimppi pirulle raato ryssä "
    "saatana tappaa tappo tissi vittu vitun kyrpä kusi kuse mulkku muna molo narkkari juoppo spurgu hullu idiootti "
    "ääliö tyhmä lesbo homo homppeli homo läski luuseri pano panna seksi porno huumeet itsari hirttää raiskaus".split()
)


def chosen(words: list[str]) -> list[str]:
    """In alphabetical order of code points."""
    taken: dict[str, str] = {}
    for word in sorted(set(words)):
        if NATIVE.fullmatch(word) and not RARE.fullmatch(word) and word not in UNWELCOME:
            taken.setdefault(word[:-1], word)
    return sorted(taken.values())


if __name__ == "__main__":
    made = chosen(Path(sys.argv[1]).read_text("utf-8").split())
    TARGET.write_text("".join(f"{word}\n" for word in made), "utf-8")
    sys.stdout.write(f"{len(made)} words\n")
