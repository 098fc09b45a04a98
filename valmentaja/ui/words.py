"""Codes in words, as choices for the screen."""

from __future__ import annotations

from datetime import date

from valmentaja.definitions.languages import languages
from valmentaja.definitions.rules import Rule
from valmentaja.definitions.text import LocalText
from valmentaja.domain.assessment import Band
from valmentaja.domain.codes import BenefitSource, EmployerSector, ExitReason, LabourStatus, MeetingMode
from valmentaja.domain.plan import Decision, Responsible, SignatureState
from valmentaja.domain.review import Verdict
from valmentaja.domain.rights import SourceKind
from valmentaja.i18n import tr
from valmentaja.i18n.catalogue import screen_language
from valmentaja.i18n.formats import day, month
from valmentaja.ui.speech import Say
from valmentaja.ui.theme import Tone
from valmentaja.usecases import translating
from valmentaja.usecases.instruments import Origin

Choices = tuple[tuple[str, Say], ...]


def spoken(text: LocalText) -> Say:
    """Content in the screen's language, whichever that is when it is asked."""
    return lambda: text.in_(screen_language())


def rule_words(rule: Rule, when: date | None) -> str:
    """A rule, its source, the day that stands on it, and whether the act is still to be checked."""
    language = screen_language()
    told = f"{rule.text.in_(language)} {rule.source} · {day(when, language)}"
    return told if rule.verified else f"{told} · {tr('Check the act in Finlex.')}"


def month_words(period: str) -> str:
    """`lokakuu 2026` of `2026-10`, in the screen's language."""
    return month(date.fromisoformat(f"{period}-01"), screen_language())


EXIT_REASONS: Choices = (
    (ExitReason.TYO, lambda: tr("To work")),
    (ExitReason.KOULUTUS, lambda: tr("To studies")),
    (ExitReason.ELAKE, lambda: tr("To pension")),
    (ExitReason.MUUTTO, lambda: tr("Moved away")),
    (ExitReason.MUU, lambda: tr("Another reason")),
)
STATUSES: Choices = (
    (LabourStatus.TYOTON, lambda: tr("Unemployed")),
    (LabourStatus.LOMAUTETTU, lambda: tr("Laid off")),
    (LabourStatus.AVOIN_TYO, lambda: tr("Work on the open market")),
    (LabourStatus.OSA_AIKATYO, lambda: tr("Part-time work")),
    (LabourStatus.KOULUTUS, lambda: tr("Studies")),
    (LabourStatus.ULKOPUOLELLA, lambda: tr("Outside the labour force")),
)
CONTACT_MODES: Choices = (
    (MeetingMode.PUHELIN, lambda: tr("Phone")),
    (MeetingMode.VIESTI, lambda: tr("Message")),
    (MeetingMode.VIDEO, lambda: tr("Video call")),
    (MeetingMode.KAYNTI, lambda: tr("Visit")),
    (MeetingMode.KOTIKAYNTI, lambda: tr("Home visit")),
    (MeetingMode.VERKOSTO, lambda: tr("Network meeting")),
)
SOURCES: Choices = (
    (BenefitSource.KELA, "Kela"),
    (BenefitSource.KASSA, lambda: tr("Unemployment fund")),
    (BenefitSource.ASIAKAS, lambda: tr("Client")),
    (BenefitSource.MUU, lambda: tr("Other")),
)
SECTORS: Choices = (
    ("", "–"),
    (EmployerSector.YRITYS, lambda: tr("Company")),
    (EmployerSector.KUNTA, lambda: tr("Municipality")),
    (EmployerSector.HYVINVOINTIALUE, lambda: tr("Wellbeing services county")),
    (EmployerSector.JARJESTO, lambda: tr("Association")),
    (EmployerSector.VALTIO, lambda: tr("State")),
    (EmployerSector.SEURAKUNTA, lambda: tr("Parish")),
    (EmployerSector.MUU, lambda: tr("Other")),
)
RESPONSIBLE: Choices = (
    ("", "–"),
    (Responsible.CLIENT, lambda: tr("The client")),
    (Responsible.COACH, lambda: tr("The coach")),
    (Responsible.TOGETHER, lambda: tr("Together")),
    (Responsible.OTHER, lambda: tr("Someone else")),
)
DECISIONS: Choices = (
    ("", "–"),
    (Decision.YES, lambda: tr("Yes")),
    (Decision.LATER, lambda: tr("Later")),
    (Decision.NO, lambda: tr("No")),
)
ORDERS: Choices = (
    ("", lambda: tr("After the one before")),
    ("1", lambda: tr("Beside the one before")),
)
VERDICTS: dict[Verdict, Say] = {
    Verdict.KEPT: lambda: tr("Goes on as before"),
    Verdict.CHANGED: lambda: tr("Changes"),
    Verdict.REACHED: lambda: tr("Reached"),
    Verdict.DONE: lambda: tr("Done"),
    Verdict.MOVED: lambda: tr("Moves to another day"),
    Verdict.DROPPED: lambda: tr("Is left out"),
}
SOURCE_KINDS: Choices = (
    (SourceKind.AUTHORITY, lambda: tr("Authority")),
    (SourceKind.PROVIDER, lambda: tr("Service provider")),
    (SourceKind.EMPLOYER, lambda: tr("Employer")),
    (SourceKind.CLOSE, lambda: tr("Someone close to the client")),
    (SourceKind.OTHER, lambda: tr("Someone else")),
)
ORIGINS: dict[Origin, Say] = {
    Origin.SHIPPED: lambda: tr("comes with the program"),
    Origin.OWN: lambda: tr("added from a file"),
    Origin.EARLIER: lambda: tr("came with an earlier program"),
}
BANDS: dict[Band, tuple[str, Tone, Say]] = {
    Band["SUPPORT"]: ("hourglass", Tone.WARN, lambda: tr("needs support")),
    Band["WATCH"]: ("eye", Tone.NEUTRAL, lambda: tr("to follow")),
    Band["STRENGTH"]: ("check", Tone.OK, lambda: tr("strength")),
}
SIGNED: dict[SignatureState, tuple[str, Tone, Say]] = {
    SignatureState.INK: ("signature", Tone.OK, lambda: tr("signed with a pen")),
    SignatureState.TYPED: ("pen-line", Tone.OK, lambda: tr("signed by typing the name")),
    SignatureState.ELECTRONIC: ("key-round", Tone.OK, lambda: tr("signed electronically")),
    SignatureState.PAPER: ("file-check", Tone.OK, lambda: tr("signed on paper")),
    SignatureState.REFUSED: ("circle-slash", Tone.NEUTRAL, lambda: tr("does not want to sign")),
    SignatureState.PENDING: ("hourglass", Tone.WARN, lambda: tr("waiting")),
}


def language_names(codes: str) -> Say:
    """`fi+ar` is Finnish + Arabic, in the screen's language."""
    return lambda: " + ".join(languages(screen_language()).get(code, code) for code in codes.split("+"))


def beside_finnish() -> list[tuple[str, Say]]:
    """Choices of a paper's language: Finnish with another beside it."""
    return [(codes, language_names(codes)) for codes in translating.OTHERS]
