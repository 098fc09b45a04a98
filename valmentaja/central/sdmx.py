"""The figures as SDMX, the statistical offices' format: SDMX-CSV 2.0, and SDMX-ML 3.0 that says what its codes mean.

An SDMX code is letters, digits, `_`, `-`, `$` and `@`. Codes of different lists share two columns, so each carries
its list's name: group P is GROUP_P, 181+ days is DAYS_181_PLUS; `_Z` is SDMX's own word for “not applicable”.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from valmentaja.base.errors import N_
from valmentaja.central.notes import ALTERED, NOT_ADDITIVE
from valmentaja.definitions.indicators import Code, Indicator, definitions, every_version
from valmentaja.definitions.municipalities import municipalities
from valmentaja.definitions.text import LocalText
from valmentaja.i18n import LANGUAGES, words

AGENCY, VERSION = "VALMENTAJA", "1.0.0"
FLOW, STRUCTURE, CONCEPTS = "DF_COACHING", "DSD_COACHING", "CS_COACHING"
NOT_APPLICABLE = "_Z"
NAMESPACE = "http://www.sdmx.org/resources/sdmxml/schemas/v3_0/"
AREA = "KU"
"""Before a municipality's number, as Statistics Finland writes it: no reader takes KU091 for the number 91."""
FLAGS = {"": "A", "s": "Q", "n": "L"}
"""Our flag → the code of SDMX's CL_OBS_STATUS."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """A column; `of` is the code list or, with a small letter, the type of what stands in it."""

    id: str
    name: str
    of: str
    column: str


DIMENSIONS = (
    Component(id="FREQ", name=N_("Frequency"), of="CL_FREQ", column="freq"),
    Component(id="REF_AREA", name=N_("Municipality"), of="CL_AREA", column=f"'{AREA}' || municipality"),
    Component(id="REPORTING_UNIT", name=N_("Unit"), of="String", column="unit"),
    Component(id="INDICATOR", name=N_("Indicator"), of="CL_INDICATOR", column="indicator"),
    Component(id="DIM1", name=N_("First breakdown"), of="CL_BREAKDOWN", column="code1"),
    Component(id="DIM2", name=N_("Second breakdown"), of="CL_BREAKDOWN", column="code2"),
)
TIME = Component(
    id="TIME_PERIOD",
    name=N_("Period"),
    of="ObservationalTimePeriod",
    column="CASE freq WHEN 'A' THEN period[1:4] WHEN 'Q' THEN period[1:4] || '-Q' || (period[6:7]::INTEGER // 3) "
    "ELSE period END",
)
MEASURE = Component(id="OBS_VALUE", name=N_("Number of people, protected"), of="Integer", column="value")
ATTRIBUTES = (
    Component(
        id="OBS_STATUS",
        name=N_("Why a value is missing"),
        of="CL_OBS_STATUS",
        column="CASE flag " + " ".join(f"WHEN '{flag}' THEN '{code}'" for flag, code in FLAGS.items()) + " END",
    ),
    Component(id="REVISION", name=N_("Revision"), of="Integer", column="revision"),
    Component(id="DEFINITIONS", name=N_("Definitions"), of="String", column="definitions"),
)
COMPONENTS = (*DIMENSIONS, TIME, MEASURE, *ATTRIBUTES)
STATUSES = {
    "A": N_("published"),
    "Q": N_("not published: the unit is small"),
    "L": N_("the unit does not collect it"),
}
FREQUENCIES = {"M": N_("month"), "Q": N_("quarter"), "A": N_("year")}
ABOUT = (
    ALTERED,
    NOT_ADDITIVE,
)


def code(list_: str, id_: str) -> str:
    """The SDMX code of a list's code."""
    return f"{list_.upper()}_{id_.replace('+', '_PLUS')}"


def select() -> str:
    """SQL: every row of `t` as SDMX-CSV has it, in the order of `t`."""
    columns = ", ".join(f"{one.column} AS {one.id}" for one in COMPONENTS)
    flow = f"{AGENCY}:{FLOW}({VERSION})"
    coded = f"SELECT *, {_breakdown(0)} AS code1, {_breakdown(1)} AS code2 FROM t"
    return f"SELECT 'dataflow' AS STRUCTURE, '{flow}' AS STRUCTURE_ID, 'I' AS ACTION, {columns} FROM ({coded})"


def _breakdown(place: int) -> str:
    """SQL for the code of dim1 or dim2. No join: that would turn the rows round as it likes."""
    lists = {name: one.code_lists[place] for name, one in _indicators().items() if len(one.code_lists) > place}
    cases = " ".join(f"WHEN '{name}' THEN '{code(list_, '')}'" for name, list_ in lists.items())
    column = f"dim{place + 1}"
    full = f"CASE indicator {cases} END || REPLACE({column}, '+', '_PLUS')"
    return f"CASE {column} WHEN '' THEN '{NOT_APPLICABLE}' ELSE {full} END"


def _indicators() -> dict[str, Indicator]:
    """Of all versions; the version in force says what an indicator is called."""
    found = {name: one for version in every_version().values() for name, one in version.indicators.items()}
    return found | dict(definitions().indicators)


def structure(areas: Sequence[str], prepared: str) -> bytes:
    """The structure message: code lists, concepts, the data structure and its flow, in three languages.

    `areas` are the municipalities in the data: one that is not in the country's list is added under its number."""
    root = Element("mes:Structure", {f"xmlns:{p}": NAMESPACE + full for p, full in _PREFIXES.items()})
    header = SubElement(root, "mes:Header")
    for tag, text in (("ID", FLOW), ("Test", "false"), ("Prepared", prepared)):
        SubElement(header, f"mes:{tag}").text = text
    SubElement(header, "mes:Sender", id=AGENCY)
    structures = SubElement(root, "mes:Structures")
    for list_, name, codes in _lists(areas):
        _list(_place(structures, "Codelists"), "Codelist", list_, name, "Code", codes)
    _list(_place(structures, "ConceptSchemes"), "ConceptScheme", CONCEPTS, _TITLE, "Concept", _concepts())
    flow = _named(_place(structures, "Dataflows"), "Dataflow", FLOW, said(_TITLE), _joined(ABOUT))
    SubElement(flow, "str:Structure").text = _urn("datastructure.DataStructure", STRUCTURE)
    data = _named(_place(structures, "DataStructures"), "DataStructure", STRUCTURE, said(_TITLE))
    _components(SubElement(data, "str:DataStructureComponents"))
    indent(root, " ")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, "unicode").encode() + b"\n"


_PREFIXES = {"mes": "message", "str": "structure", "com": "common"}
_TITLE = N_("Employment coaching in figures")
Entry = tuple[str, LocalText, LocalText | None]
"""Code, name, description."""


def _lists(areas: Sequence[str]) -> Iterator[tuple[str, str, list[Entry]]]:
    places: list[Entry] = [(AREA + m.code, LocalText(m.fi, m.sv, m.fi), None) for m in municipalities().values()]
    places += [(AREA + a, LocalText(a, a, a), None) for a in areas if a not in municipalities()]
    yield "CL_AREA", N_("Municipality"), places
    yield "CL_BREAKDOWN", N_("Breakdowns"), list(_breakdowns())
    yield "CL_FREQ", N_("Frequency"), [(id_, said(text), None) for id_, text in FREQUENCIES.items()]
    yield "CL_INDICATOR", N_("Indicator"), [(i.id, i.title, i.explanation) for i in _indicators().values()]
    yield "CL_OBS_STATUS", N_("Why a value is missing"), [(id_, said(text), None) for id_, text in STATUSES.items()]


def _breakdowns() -> Iterator[Entry]:
    yield NOT_APPLICABLE, said(N_("not applicable")), None
    found: dict[str, Code] = {}
    for indicator in _indicators().values():
        for list_, codes in zip(indicator.code_lists, indicator.dimensions, strict=True):
            found |= {code(list_, one.id): one for one in codes}
    yield from ((id_, found[id_].name, None) for id_ in sorted(found))


def _concepts() -> list[Entry]:
    return [(one.id, said(one.name), None) for one in COMPONENTS]


def said(text: str) -> LocalText:
    """A msgid in the program's languages."""
    return _joined((text,))


def _joined(texts: Sequence[str]) -> LocalText:
    fi, sv, en = (" ".join(words(language)(text) for text in texts) for language in ("fi", "sv", "en"))
    return LocalText(fi=fi, sv=sv, en=en)


def _place(parent: Element, tag: str) -> Element:
    found = parent.find(f"str:{tag}")
    return SubElement(parent, f"str:{tag}") if found is None else found


def _list(parent: Element, tag: str, id_: str, name: str, item: str, entries: Sequence[Entry]) -> None:
    scheme = _named(parent, tag, id_, said(name))
    for one, title, description in entries:
        element = SubElement(scheme, f"str:{item}", id=one)
        _texts(element, "Name", title)
        if description is not None:
            _texts(element, "Description", description)


def _named(parent: Element, tag: str, id_: str, name: LocalText, description: LocalText | None = None) -> Element:
    element = SubElement(parent, f"str:{tag}", id=id_, agencyID=AGENCY, version=VERSION)
    _texts(element, "Name", name)
    if description is not None:
        _texts(element, "Description", description)
    return element


def _texts(parent: Element, tag: str, text: LocalText) -> None:
    for language in LANGUAGES:
        SubElement(parent, f"com:{tag}", {"xml:lang": language}).text = text.in_(language)


def _urn(kind: str, id_: str, item: str = "") -> str:
    return f"urn:sdmx:org.sdmx.infomodel.{kind}={AGENCY}:{id_}({VERSION}){item}"


def _components(parent: Element) -> None:
    dimensions = SubElement(parent, "str:DimensionList", id="DimensionDescriptor")
    for position, one in enumerate(DIMENSIONS, start=1):
        _component(dimensions, "Dimension", one, position=str(position))
    _component(dimensions, "TimeDimension", TIME)
    attributes = SubElement(parent, "str:AttributeList", id="AttributeDescriptor")
    for one in ATTRIBUTES:
        attribute = _component(attributes, "Attribute", one, usage="mandatory")
        SubElement(SubElement(attribute, "str:AttributeRelationship"), "str:Observation")
    measures = SubElement(parent, "str:MeasureList", id="MeasureDescriptor")
    _component(measures, "Measure", MEASURE, usage="optional")  # a figure that was not published has none


def _component(parent: Element, tag: str, one: Component, **options: str) -> Element:
    element = SubElement(parent, f"str:{tag}", {"id": one.id, **options})
    concept = _urn("conceptscheme.Concept", CONCEPTS, f".{one.id}")
    SubElement(element, "str:ConceptIdentity").text = concept
    represented = SubElement(element, "str:LocalRepresentation")
    if one.of.startswith("CL_"):
        SubElement(represented, "str:Enumeration").text = _urn("codelist.Codelist", one.of)
    else:
        SubElement(represented, "str:TextFormat", textType=one.of)
    return element
