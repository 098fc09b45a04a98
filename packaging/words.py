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
UNWELCOME = re.compile(
    "huor|horo|huts|jumal|kuol|murh|natsi|neek|pask|pers|perk[eu]|pier|pill[ui]$|pimppi|piru|pääpir|raato|ryss|saata|"
    "tapp[aou]|tissi|vitu|vittu|kyrp|kus[ei]?$|kust|kussa|mulkk|muna|molo|narkk|juopp|spurg|hullu|idioot|ääliö|tyhm|"
    "lesbo|homo|läsk|luuser|pano|panna|seks|porn|huum|itsari|hirt|raisk|nuss|lutk|helve|ripask|verip?|ruumi|kalma|"
    "tauti|syöpä|rutto|surma|teura|orja|rasis|rotu|alast|pupp|mela$|kives|kikk|kakka|kaka|ulost|virts|oksen|räkä"
)


def chosen(words: list[str]) -> list[str]:
    """In alphabetical order of code points."""
    taken: dict[str, str] = {}
    for word in sorted(set(words)):
        if NATIVE.fullmatch(word) and not RARE.fullmatch(word) and not UNWELCOME.match(word):
            taken.setdefault(word[:-1], word)
    return sorted(taken.values())


if __name__ == "__main__":
    made = chosen(Path(sys.argv[1]).read_text("utf-8").split())
    TARGET.write_text("".join(f"{word}\n" for word in made), "utf-8")
    sys.stdout.write(f"{len(made)} words\n")
