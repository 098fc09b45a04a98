"""Closed code lists of the caseload tables (indicators.md §2)."""

from __future__ import annotations

from enum import StrEnum


class LabourStatus(StrEnum):
    """Main labour-market status from a date on."""

    TYOTON = "TYOTON"
    LOMAUTETTU = "LOMAUTETTU"
    AVOIN_TYO = "AVOIN_TYO"
    OSA_AIKATYO = "OSA_AIKATYO"
    KOULUTUS = "KOULUTUS"
    ULKOPUOLELLA = "ULKOPUOLELLA"


class ExitReason(StrEnum):
    TYO = "TYO"
    KOULUTUS = "KOULUTUS"
    ELAKE = "ELAKE"
    MUUTTO = "MUUTTO"
    MUU = "MUU"


class BenefitSource(StrEnum):
    """Who told the reading of benefit days."""

    KELA = "KELA"
    KASSA = "KASSA"
    ASIAKAS = "ASIAKAS"
    MUU = "MUU"


class EmployerSector(StrEnum):
    YRITYS = "YRITYS"
    KUNTA = "KUNTA"
    HYVINVOINTIALUE = "HYVINVOINTIALUE"
    JARJESTO = "JARJESTO"
    VALTIO = "VALTIO"
    SEURAKUNTA = "SEURAKUNTA"
    MUU = "MUU"


class MeetingMode(StrEnum):
    KAYNTI = "KAYNTI"
    KOTIKAYNTI = "KOTIKAYNTI"
    VERKOSTO = "VERKOSTO"
    PUHELIN = "PUHELIN"
    VIDEO = "VIDEO"
    VIESTI = "VIESTI"


class Rater(StrEnum):
    ASIAKAS = "ASIAKAS"
    VALMENTAJA = "VALMENTAJA"


class PlanKind(StrEnum):
    """Plan types as the indicators know them; the templates are data (resources/plan_types)."""

    TYOLLISTYMIS = "TYOLLISTYMIS"
    MONIALAINEN = "MONIALAINEN"
    AKTIVOINTI = "AKTIVOINTI"
    KOTOUTUMIS = "KOTOUTUMIS"
    VALMENNUS = "VALMENNUS"
