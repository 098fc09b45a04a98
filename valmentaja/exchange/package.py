"""The month's signed package: protected figures only, and the same seal gives the same bytes (indicators.md §8)."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from valmentaja import __version__
from valmentaja.base.canonical import Json, fingerprint
from valmentaja.base.errors import N_, UserError
from valmentaja.crypto import minisign
from valmentaja.definitions.indicators import Definitions, Frequency
from valmentaja.indicators.calendar import Month
from valmentaja.indicators.cellkey import method_card
from valmentaja.indicators.month import PublishedRow, row_keys, row_period

FORMAT = "valmentaja-ind-package/1"
DESCRIPTOR, FIGURES, CODES = "datapackage.json", "indicators.csv", "codes.csv"
MANIFEST, SIGNATURE = "MANIFEST.sha256", "MANIFEST.sha256.minisig"
MEMBERS = (DESCRIPTOR, FIGURES, CODES, MANIFEST, SIGNATURE)
KEY_COLUMNS = ("freq", "indicator", "dim1", "dim2")
FIGURE_COLUMNS = ("unit", "period", *KEY_COLUMNS, "value", "flag")
CODE_COLUMNS = (*KEY_COLUMNS, "title_fi", "title_sv", "title_en")

_STEM = re.compile(r"vi_([0-9]{3})_([A-Z0-9]{2,12})_([0-9]{4}-[0-9]{2})_r([1-5])")
_FIXED_MOMENT = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_PLAIN_FILE_0644 = 0o100644 << 16


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageHead:
    """Whose figures of which month, and which revision of them; the file name says exactly this."""

    unit: str
    municipality: str
    month: Month
    revision: int = 1

    @classmethod
    def of_name(cls, name: str) -> PackageHead:
        """The head a file name stands for."""
        found = _STEM.fullmatch(name.removesuffix(".zip")) if name.endswith(".zip") else None
        if found is None:
            text = N_("The name is not that of a month's package, for example vi_405_U101_2024-03_r1.zip.")
            raise UserError(text)
        return cls(municipality=found[1], unit=found[2], month=Month.parse(found[3]), revision=int(found[4]))

    @property
    def stem(self) -> str:
        return f"vi_{self.municipality}_{self.unit}_{self.month}_r{self.revision}"

    @property
    def name(self) -> str:
        return f"{self.stem}.zip"

    @property
    def supersedes(self) -> str | None:
        """The stem of the package this one replaces."""
        if self.revision == 1:
            return None
        return self.stem.removesuffix(str(self.revision)) + str(self.revision - 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """A finished file."""

    name: str
    data: bytes
    manifest_sha256: str


def build(
    rows: tuple[PublishedRow, ...], head: PackageHead, *, created: str, definitions: Definitions, private_key: bytes
) -> Package:
    """The whole package; `created` is the seal's UTC stamp. The rows must be all rows of the month, in order."""
    if tuple(row.key for row in rows) != row_keys(head.month, definitions):
        raise ValueError("a package always has all rows of its month")
    PackageHead.of_name(head.name)
    members = {FIGURES: figures_csv(rows, head), CODES: codes_csv(definitions)}
    key_id = minisign.public_key_of(private_key).key_id.hex()
    application = f"valmentaja {__version__}"
    members[DESCRIPTOR] = descriptor(
        members, head, created=created, definitions=definitions, key_id=key_id, application=application
    )
    members[MANIFEST] = manifest(members)
    comment = trusted_comment(head, definitions)
    members[SIGNATURE] = minisign.sign(private_key, members[MANIFEST], trusted_comment=comment).encode()
    return Package(name=head.name, data=pack(members), manifest_sha256=fingerprint(members[MANIFEST]))


def figures_csv(rows: tuple[PublishedRow, ...], head: PackageHead) -> bytes:
    """indicators.csv: what is published and nothing else."""
    lines = (
        (head.unit, row_period(k, str(head.month)), k.freq, k.indicator, k.dim1, k.dim2, _cell(row.published), row.flag)
        for row in rows
        for k in (row.key,)
    )
    return _csv(FIGURE_COLUMNS, lines)


@cache
def codes_csv(definitions: Definitions) -> bytes:
    """codes.csv: the same bytes in every package of a definitions version."""
    titled = ((key, definitions.title(key)) for key in definitions.row_keys())
    return _csv(CODE_COLUMNS, ((k.freq, k.indicator, k.dim1, k.dim2, t.fi, t.sv, t.en) for k, t in titled))


def manifest(members: Mapping[str, bytes]) -> bytes:
    """MANIFEST.sha256 as `sha256sum -c` reads it."""
    return "".join(f"{fingerprint(members[name])}  {name}\n" for name in (CODES, DESCRIPTOR, FIGURES)).encode()


def trusted_comment(head: PackageHead, definitions: Definitions) -> str:
    return f"{head.stem} {definitions.id}"


def pack(members: Mapping[str, bytes]) -> bytes:
    """The zip: stored, fixed date and mode, so equal members give equal bytes on every platform."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_STORED) as archive:
        for name in MEMBERS:
            entry = zipfile.ZipInfo(name, _FIXED_MOMENT)
            entry.create_system = _UNIX
            entry.external_attr = _PLAIN_FILE_0644
            archive.writestr(entry, members[name])
    return held.getvalue()


def descriptor(
    members: Mapping[str, bytes],
    head: PackageHead,
    *,
    created: str,
    definitions: Definitions,
    key_id: str,
    application: str,
) -> bytes:
    """datapackage.json, a Frictionless Data Package with what a reader of the figures must know."""
    content: Json = {
        "profile": "tabular-data-package",
        "name": head.stem.lower().replace("_", "-"),
        "title": f"Valmentaja {head.unit} {head.month}",
        "version": str(head.revision),
        "created": created,
        "resources": [
            _resource("indicators", FIGURES, members[FIGURES], _figures_schema(head)),
            _resource("codes", CODES, members[CODES], _codes_schema()),
        ],
        "valmentaja": {
            "format": FORMAT,
            "definitions": definitions.id,
            "services": definitions.service_set,
            "application": application,
            "unit": head.unit,
            "municipality": head.municipality,
            "period": str(head.month),
            "revision": head.revision,
            "supersedes": head.supersedes,
            "key_id": key_id,
            "method": method_card(),
        },
    }
    return (json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _resource(name: str, path: str, content: bytes, schema: Json) -> Json:
    return {
        "name": name,
        "path": path,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{fingerprint(content)}",
        "schema": schema,
    }


def _figures_schema(head: PackageHead) -> Json:
    month = str(head.month)
    periods: list[Json] = [month, f"{head.month.year:04d}-A"] if head.month.ends_year else [month]
    return {
        "fields": [
            _field("unit", enum=[head.unit]),
            _field("period", enum=periods, pattern=r"\d{4}-(0[1-9]|1[0-2]|A)"),
            _field("freq", enum=[f.value for f in Frequency]),
            *(_field(name) for name in KEY_COLUMNS[1:]),
            {"name": "value", "type": "integer", "constraints": {"minimum": 0}},
            _field("flag", enum=["s", "n"]),
        ],
        "missingValues": [""],
        "primaryKey": list(KEY_COLUMNS),
        "foreignKeys": [{"fields": list(KEY_COLUMNS), "reference": {"resource": "codes", "fields": list(KEY_COLUMNS)}}],
    }


def _codes_schema() -> Json:
    return {
        "fields": [_field(name) for name in CODE_COLUMNS],
        "missingValues": [""],
        "primaryKey": list(KEY_COLUMNS),
    }


def _field(name: str, **constraints: Json) -> Json:
    described: dict[str, Json] = {"name": name, "type": "string"}
    return described | {"constraints": constraints} if constraints else described


def _cell(value: int | None) -> str:
    return "" if value is None else str(value)


def _csv(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode()
