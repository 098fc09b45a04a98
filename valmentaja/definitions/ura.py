"""Code lists of the national system (URA): code and name, in Finnish as they stand there.

From Statistics Finland's catalogue entry KEHA_2022_jua_URA_002.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from types import MappingProxyType

from valmentaja.base.errors import N_
from valmentaja.base.paths import RESOURCES
from valmentaja.base.reader import read_json

SOURCE = "KEHA_2022_jua_URA_002"


class CodeList(StrEnum):
    """The lists that something in the vault can be said in; the value is the list's name in the file."""

    EMPLOYMENT = "ura_employment_code"
    PLAN = "ura_plan_type"
    SEGMENT = "ura_segment"
    CONTACT = "ura_contact_mode"
    DURATION = "ura_job_duration"


@cache
def code_names(held: CodeList) -> Mapping[str, str]:
    """Every code of one list with its Finnish name."""
    node = read_json(RESOURCES / "codes.json").node(held.value)
    return MappingProxyType({code: node.text(code) for code in node.names()})


NAMES: Mapping[CodeList, Mapping[str, str]] = {
    CodeList.EMPLOYMENT: {
        "00": N_("at work, placed"),
        "01": N_("at work, on the open labour market"),
        "02": N_("unemployed"),
        "03": N_("laid off"),
        "04": N_("on a shortened working week"),
        "05": N_("outside the labour force"),
        "07": N_("in a service that promotes employment"),
        "08": N_("in education"),
        "09": N_("in part-time work"),
    },
    CodeList.PLAN: {
        "01": N_("Employment plan"),
        "03": N_("Activation plan"),
        "04": N_("Integration plan"),
        "07": N_("Multi-agency employment plan"),
    },
    CodeList.SEGMENT: {"05": N_("Multi-agency joint service")},
    CodeList.CONTACT: {
        "01": N_("Call to the client"),
        "03": N_("Letter to the client"),
        "04": N_("Text message to the client"),
        "05": N_("E-mail to the client"),
        "20": N_("Video meeting"),
        "21": N_("First interview, visit"),
        "22": N_("First interview, video meeting"),
        "23": N_("First interview, phone call"),
        "24": N_("Further job-search discussion, visit"),
        "25": N_("Further job-search discussion, video meeting"),
        "26": N_("Further job-search discussion, phone call"),
        "27": N_("Job-search discussion, visit"),
        "28": N_("Job-search discussion, video meeting"),
        "29": N_("Job-search discussion, phone call"),
        "31": N_("The client's call"),
        "32": N_("The client's letter"),
        "33": N_("The client's text message"),
        "34": N_("The client's e-mail"),
        "35": N_("The client's visit, booked"),
        "36": N_("The client's visit, not booked"),
        "95": N_("Another contact"),
    },
    CodeList.DURATION: {
        "01": N_("under 11 days"),
        "02": N_("11 days – 1 month"),
        "03": N_("1–3 months"),
        "04": N_("3–6 months"),
        "05": N_("6–12 months"),
        "06": N_("over 12 months"),
    },
}
"""The codes that the program can come to, as msgids: in Finnish they read as in the national system."""
