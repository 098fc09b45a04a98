"""Catalogues: `update` takes new texts from the sources, `check` finds what is missing, `compile` makes the .mo files.

Texts are English in the sources, so English needs no catalogue. Babel's own `update --check` does not know `{name}`
placeholders and calls every dated header a change (setup.md §3); hence these few checks.
"""

from __future__ import annotations

import ast
import io
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "valmentaja"
TRANSLATIONS = ROOT / "translations"
TEMPLATE = TRANSLATIONS / "valmentaja.pot"
LANGUAGES = ("fi", "sv")
BESIDE = ("se", "ru", "et", "ar", "so")
"""They stand beside Finnish on a plan, so they have the plan's own texts and those of its templates only."""
PLAN = ROOT / "valmentaja" / "documents" / "plan_pdf.py"
TEMPLATES = ROOT / "resources" / "plan_types"
CLAUSES = ("name", "confidential", "title", "label")
MARKS = ("N_", "tr", "w")
PLURALS = ("trn", "plural")
PLACEHOLDER = re.compile(r"\{(\w*)")

MessageId = str | tuple[str, str]


def main(arguments: list[str]) -> int:
    commands = {"update": update, "check": check, "compile": compile_all}
    if len(arguments) != 1 or arguments[0] not in commands:
        say(f"Give one of: {', '.join(commands)}")
        return 2
    return commands[arguments[0]]()


def say(text: str) -> None:
    sys.stdout.write(text + "\n")


def update() -> int:
    """New texts come in empty, texts no longer used go out."""
    template, plan = extract(), plan_texts()
    save(template, TEMPLATE)
    for language in (*LANGUAGES, *BESIDE):
        held = catalogue(language)
        made = Catalog(locale=language, project="Valmentaja", fuzzy=False)
        for message in template if language in LANGUAGES else plan:
            if message.id:
                known = held.get(message.id)
                text = known.string if known is not None else ""
                made.add(message.id, text, locations=message.locations)
        save(made, path_of(language))
        say(f"{language}: {sum(not is_translated(m) for m in made if m.id)} texts without a translation")
    return 0


def check() -> int:
    problems = list(find_problems())
    for problem in problems:
        say(problem)
    return 1 if problems else 0


def compile_all() -> int:
    for language in (*LANGUAGES, *BESIDE):
        source = path_of(language)
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime_ns <= source.stat().st_mtime_ns:
            with target.open("wb") as compiled:
                write_mo(compiled, catalogue(language))
    return 0


def find_problems() -> Iterator[str]:
    wanted = {m.id for m in extract() if m.id}
    with TEMPLATE.open("rb") as text:
        if {m.id for m in read_po(text) if m.id} != wanted:
            yield "translations/valmentaja.pot: not what the sources say. Give: python packaging/catalogues.py update"
    for language in LANGUAGES:
        held = {m.id: m for m in catalogue(language) if m.id}
        for identity in sorted(wanted ^ set(held), key=str):
            yield f"{language}: {'missing' if identity in wanted else 'not in the sources'}: {identity!r}"
        for message in held.values():
            yield from (f"{language}: {problem}: {message.id!r}" for problem in faults(message))
    for language in BESIDE:
        # What is not translated yet is refused when such a paper is asked for, and a test tells.
        translated = (m for m in catalogue(language) if m.id and is_translated(m))
        yield from (f"{language}: {problem}: {m.id!r}" for m in translated for problem in faults(m))


def faults(message: Message) -> Iterator[str]:
    if message.fuzzy:
        yield "fuzzy"
    if not is_translated(message):
        yield "not translated"
        return
    sources, strings = forms(message.id), forms(message.string)
    allowed = [sorted(PLACEHOLDER.findall(text)) for text in sources]
    if any(sorted(PLACEHOLDER.findall(text)) not in allowed for text in strings):
        yield "other placeholders"


def is_translated(message: Message) -> bool:
    return all(forms(message.string)) and len(forms(message.string)) == len(forms(message.id))


def forms(text: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text or ())


def extract() -> Catalog:
    """Every text in the sources, by file and line."""
    found = Catalog(project="Valmentaja", fuzzy=False)
    for path in sorted(SOURCES.rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        for identity, line in texts(ast.parse(path.read_text(encoding="utf-8"), str(path))):
            found.add(identity, locations=[(name, line)])
    return found


def plan_texts() -> Catalog:
    """What a plan on paper says in fixed words: its own and, in English, those of every template."""
    found = Catalog(project="Valmentaja", fuzzy=False)
    for identity, _line in texts(ast.parse(PLAN.read_text(encoding="utf-8"), str(PLAN))):
        found.add(identity)
    for path in sorted(TEMPLATES.rglob("*.toml")):
        for clause in clauses(tomllib.loads(path.read_text(encoding="utf-8"))):
            found.add(clause)
    return found


def clauses(node: object) -> Iterator[str]:
    if isinstance(node, list):
        for each in node:
            yield from clauses(each)
    if isinstance(node, dict):
        for name, each in node.items():
            if name in CLAUSES and isinstance(each, dict):
                yield str(each["en"])
            else:
                yield from clauses(each)


def texts(tree: ast.AST) -> Iterator[tuple[MessageId, int]]:
    """`N_("…")`, `tr("…")`, `words(language)("…")`, `trn("…", "…", n)` and `words.plural("…", "…", n)`."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        given = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
        name = name_of(node.func)
        if name in PLURALS and len(given) >= 2:
            yield (given[0], given[1]), node.lineno
        elif given and given[0] and (name in MARKS or called_words(node.func)):
            yield given[0], node.lineno


def name_of(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def called_words(function: ast.expr) -> bool:
    return isinstance(function, ast.Call) and name_of(function.func) == "words"


def path_of(language: str) -> Path:
    return TRANSLATIONS / language / "LC_MESSAGES" / "valmentaja.po"


def catalogue(language: str) -> Catalog:
    """What is there already; empty when nothing is."""
    path = path_of(language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as text:
        return read_po(text, locale=language)


def save(made: Catalog, path: Path) -> None:
    """Without dates and authors, so that only texts show up as changes."""
    held = io.BytesIO()
    write_po(held, made, width=120, omit_header=False, sort_output=True, no_location=True)
    dated = ("POT-Creation-Date", "PO-Revision-Date", "Last-Translator", "Language-Team", "Generated-By")
    lines = [
        line
        for line in held.getvalue().decode().splitlines(keepends=True)
        if not line.startswith(tuple(f'"{d}' for d in dated))
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(line for line in lines if not line.startswith("# ")), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
