"""Plans to print: builders for the document tests and the benchmark."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from valmentaja.definitions.plan_types import FieldKind, Party, PlanField, PlanSection, PlanType, plan_type
from valmentaja.definitions.text import LocalText
from valmentaja.documents.plan_pdf import PlanPaper
from valmentaja.domain.codes import PlanKind
from valmentaja.domain.plan import Goal, Plan, Responsible, Signature, SignatureState, Step
from valmentaja.i18n import LANGUAGES

NAME = "Kaarina Hämäläinen-Öhman"
LONG = (
    "Hän on käynyt peruskoulun ja rakennusalan perustutkinnon, tehnyt määräaikaisia työsuhteita varastossa ja "
    "hoitanut äitiään kotona. Työhönpaluuta hidastavat selkävaiva, yöunen katkonaisuus ja pitkät välimatkat; "
    "toisaalta häntä kiinnostavat puutyöt, pyöräily ja ihmisten auttaminen, ja hän on täsmällinen."
)


def text(fi: str, sv: str = "", en: str = "") -> LocalText:
    return LocalText(fi=fi, sv=sv or fi, en=en or fi)


def a_field(field_id: str, label: str, kind: FieldKind = FieldKind.TEXT) -> PlanField:
    return PlanField(id=field_id, label=text(label), help=None, kind=kind, required=False, source="189/2001 8 §")


def a_plan_type() -> PlanType:
    return PlanType(
        kind="AKTIVOINTI",
        name=text("Aktivointisuunnitelma", "Aktiveringsplan", "Activation plan"),
        source="189/2001 8 §",
        valid_from=None,
        valid_to=None,
        review_months=3,
        confidential=text("Salassa pidettävä, JulkL 24.1 § 25 k."),
        parties=(
            Party(id="client", name=text("Asiakas", "Klient", "Client"), required=True),
            Party(id="authority", name=text("Työvoimaviranomainen"), required=True),
            Party(id="wellbeing", name=text("Hyvinvointialue"), required=True),
        ),
        sections=(
            PlanSection(
                id="background",
                title=text("Koulutus ja työura"),
                only_if="",
                fields=(
                    a_field("education", "Koulutus"),
                    a_field("checked", "Työvoimapalvelut selvitetty ensin", FieldKind.TICK),
                    a_field("since", "Työttömänä alkaen", FieldKind.DATE),
                ),
            ),
            PlanSection(id="ktt", title=text("KTT"), only_if="ktt", fields=(a_field("place", "Paikka"),)),
        ),
    )


def a_step(goal: str, number: int, what: str) -> Step:
    return Step(
        id=f"{goal}s{number}",
        goal=goal,
        what=what,
        service="KTT",
        provider="Järvenpään työpaja",
        responsible=Responsible.TOGETHER,
        planned_start=date(2026, 12, 1),
        by=date(2027, 1, 15),
    )


def a_plan(*, goals: int = 3, steps: int = 2, what: str = "Käydään tutustumassa työpajaan ja sovitaan työaika") -> Plan:
    made = tuple(
        Goal(id=f"g{n}", words=f"Haluan löytää työn, jossa jaksan ({n})", why="Säännöllinen arki auttaa jaksamaan.")
        for n in range(1, goals + 1)
    )
    return Plan(
        id="p1",
        client="c1",
        kind=PlanKind.AKTIVOINTI,
        version=2,
        drawn_up=date(2026, 11, 24),
        review_due=date(2027, 2, 24),
        fields=(
            ("education", f"{LONG}\n- rakennusalan perustutkinto\n- trukkikortti\nEnglanti: tyydyttävä."),
            ("checked", "1"),
            ("since", "2025-03-01"),
        ),
        goals=made,
        steps=tuple(a_step(goal.id, n, f"{what} {n}") for goal in made for n in range(1, steps + 1)),
        frozen_at="2026-11-24T08:00:00Z",
    )


ARABIC = "أريد أن أجد عملا أستطيع القيام به، في Järvenpää ابتداء من 1.12.2026 (٣ أيام في الأسبوع)."
"""Joined letters, a ligature, marks of two scripts and numbers of two directions."""
LONGEST = "\n".join((LONG * 12, *(f"- {LONG}" for _ in range(6)), "Lentokonesuihkuturbiinimoottori" * 4, LONG * 4))
"""Pages of paragraphs, a list, and a word that is longer than a line."""


def a_template(kind: str = "AKTIVOINTI") -> PlanType:
    return plan_type(kind, date(2026, 11, 24))


def filled(template: PlanType, said: str) -> tuple[tuple[str, str], ...]:
    """Every field of the template; `said` in those that are written in."""
    short = {FieldKind.TICK: "1", FieldKind.DATE: "2026-12-01", FieldKind.NUMBER: "4"}
    return tuple((f.id, short.get(f.kind, said)) for s in template.sections for f in s.fields)


def a_paper_of(template: PlanType, said: str, *, beside: str = "") -> PlanPaper:
    """Everything a plan can hold, with `said` wherever a person writes, and a party in every state."""
    plan = a_plan(goals=2, steps=2)
    plan = replace(
        plan,
        fields=filled(template, said),
        goals=tuple(replace(goal, words=said, why=said, reached_when=said) for goal in plan.goals),
        steps=tuple(replace(step, what=said, provider=said) for step in plan.steps),
    )
    states = (SignatureState.REFUSED, SignatureState.PAPER, SignatureState.TYPED)
    others = tuple(
        replace(ink_of(party.id), state=state, ink=(), name=said, capacity=said, reason=said)
        for party, state in zip(template.parties[1:], states, strict=False)
    )
    return replace(
        a_paper(plan=plan, language="fi", signatures=(ink_of(), *others)),
        plan_type=template,
        beside=beside,
        unchecked=beside not in LANGUAGES,
        findings=dict.fromkeys((goal.id for goal in plan.goals), said),
    )


INK = (((0, 1000), (800, 200), (1600, 1200), (2400, 300)), ((2600, 600), (5200, 700)), ((5400, 900),))


def ink_of(party: str = "client") -> Signature:
    return Signature(plan="p1", party=party, state=SignatureState.INK, name=NAME, on=date(2026, 11, 24), ink=INK)


def a_paper(
    *,
    plan: Plan | None = None,
    language: str = "en",
    training: bool = True,
    signatures: tuple[Signature, ...] = (ink_of(),),
) -> PlanPaper:
    return PlanPaper(
        plan=plan or a_plan(),
        plan_type=a_plan_type(),
        language=language,
        client_name=NAME,
        birth_year=1984,
        case_no="2026-0117",
        unit_name="Tuusulan työllisyyspalvelut",
        coach_name="Aino Äyräpää",
        created="2026-11-24T08:21:07Z",
        training=training,
        signatures=signatures,
        service_names={"KTT": "Kuntouttava työtoiminta"},
        findings={"g1": "Mieli 3,5 (11.11.2026)"},
    )
