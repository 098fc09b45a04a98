"""Is this file a month's package, whole and unchanged, and whose? Every refusal says why (indicators.md §10.1)."""

from __future__ import annotations

import io
import json
import re
import struct
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from valmentaja.base.clock import HELSINKI
from valmentaja.base.errors import N_, UserError, Value
from valmentaja.base.reader import Node
from valmentaja.crypto import minisign
from valmentaja.crypto.minisign import MinisignError, PublicKey, Signature
from valmentaja.definitions.indicators import Definitions, RowKey, every_version
from valmentaja.exchange import package
from valmentaja.exchange.package import CODES, DESCRIPTOR, FIGURES, MANIFEST, MEMBERS, SIGNATURE, PackageHead
from valmentaja.indicators.cellkey import NEVER_PUBLISHED
from valmentaja.indicators.month import CASELOAD, FLAG_NOT_COLLECTED, FLAG_SMALL, row_keys, row_period

LARGEST_PACKAGE = 1_000_000
LARGEST_VALUE = 10_000

Members = Mapping[str, bytes]
Sentence = tuple[str, tuple[tuple[str, Value], ...]]
"""A msgid and what fills it."""

_CREATED = re.compile(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_APPLICATION = re.compile(r"valmentaja [0-9A-Za-z.+-]{1,30}")
_VALUE = re.compile(r"0|[1-9][0-9]{0,4}")
_NOT_A_ZIP = (zipfile.BadZipFile, RuntimeError, EOFError, struct.error, ValueError, OSError, OverflowError)
"""Everything the zip reader raises on hostile bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What a sound package says of itself; `figures` has None where a flag stands instead.

    `content` is indicators.csv as it was signed, `signature` the file that signs it, `application` the program that
    wrote it; `public_key` is the registry's form of the key that was checked, if one was."""

    head: PackageHead
    definitions: str
    created: str
    key: str
    figures: tuple[tuple[RowKey, int | None], ...]
    content: bytes
    application: str
    signature: bytes
    public_key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageCheck:
    """The verdict; either `contents` or `problem` is there."""

    name: str
    contents: Contents | None = None
    problem: Sentence | None = None
    signature_checked: bool = False

    @property
    def sound(self) -> bool:
        return self.problem is None

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """The verdict in sentences for a person."""
        if self.contents is None:
            return () if self.problem is None else (self.problem,)
        return _about(self.contents), _about_signature(self.contents, checked=self.signature_checked)


def verify(data: bytes, name: str, *public_keys: str) -> PackageCheck:
    """Check a package; a public key is the text of the unit's minisign public key file or its second line.

    The key is not inside the package, so without one the signature stays unchecked, which the verdict says; of several
    the one the signature names is used. A key that cannot be read is a UserError; a bad package is a verdict, never an
    error.
    """
    keys = tuple(_public_key(text) for text in public_keys)
    try:
        contents = _contents(data, name, keys)
    except UserError as error:
        return PackageCheck(name=name, problem=(error.text, tuple(error.values.items())))
    return PackageCheck(name=name, contents=contents, signature_checked=bool(keys))


def _contents(data: bytes, name: str, keys: tuple[PublicKey, ...]) -> Contents:
    """The first thing wrong ends it; nothing inside is looked at before the signature is."""
    members = _unpack(data)
    head = PackageHead.of_name(name)
    signature, key = _signature(members, head, keys)
    if members[MANIFEST] != package.manifest(members):
        raise UserError(N_("The contents are not what was signed: a checksum differs."))
    described = _descriptor(members)
    version = _version(described)
    created = described.text("created")
    _require_described(members, head, described, signature)
    _require_over(head, created)
    if members[CODES] != package.codes_csv(version):
        raise UserError(N_("{member} is not that of these definitions."), member=CODES)
    figures = _figures(members[FIGURES], head, version)
    return Contents(
        head=head,
        definitions=version.id,
        created=created,
        key=PublicKey(key_id=signature.key_id, raw=b"").fingerprint,
        figures=figures,
        content=members[FIGURES],
        application=described.node("valmentaja").text("application"),
        signature=members[SIGNATURE],
        public_key=key.line if key else "",
    )


def _unpack(data: bytes) -> Members:
    if len(data) > LARGEST_PACKAGE:
        raise UserError(N_("The file is larger than a package can be (1 MB)."))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _require_shape(archive.infolist())
            members = {entry.filename: archive.read(entry) for entry in archive.infolist()}
    except _NOT_A_ZIP as error:
        raise UserError(N_("The file is not a zip archive or is damaged.")) from error
    # Packing is deterministic, so this one comparison covers every date, mode, gap and comment in the zip.
    if package.pack(members) != data:
        raise UserError(N_("The zip archive is not packed as a package is; the file has been changed."))
    return members


def _require_shape(entries: list[zipfile.ZipInfo]) -> None:
    """Before anything is read out: the five names, stored as they are."""
    if tuple(entry.filename for entry in entries) != MEMBERS:
        raise UserError(N_("The archive must hold exactly {members}, in this order."), members=", ".join(MEMBERS))
    if any(entry.compress_type != zipfile.ZIP_STORED for entry in entries):
        raise UserError(N_("The archive's members must be stored, not compressed."))
    if any(entry.file_size > LARGEST_PACKAGE for entry in entries):
        raise UserError(N_("The file is larger than a package can be (1 MB)."))


def _signature(members: Members, head: PackageHead, keys: tuple[PublicKey, ...]) -> tuple[Signature, PublicKey | None]:
    """The signature, and which of the keys it was checked with."""
    try:
        signature = minisign.read_signature(members[SIGNATURE].decode(), comment=minisign.UNSIGNED_COMMENT)
        key = next((one for one in keys if one.key_id == signature.key_id), None)
        if key is not None:
            minisign.check(key, members[MANIFEST], signature)
    except (MinisignError, UnicodeDecodeError) as error:
        raise UserError(N_("The signature does not match; the file has been changed.")) from error
    if keys and key is None:
        named = ", ".join(one.fingerprint for one in keys)
        raise UserError(N_("The file is signed with another key than {key}."), key=named)
    if not signature.trusted_comment.startswith(f"{head.stem} "):
        raise UserError(N_("The signature is for another file than {stem}; the file has been renamed."), stem=head.stem)
    return signature, key


def _descriptor(members: Members) -> Node:
    try:
        values = json.loads(members[DESCRIPTOR].decode())
    except (ValueError, RecursionError) as error:
        raise UserError(N_("{member} cannot be understood."), member=DESCRIPTOR) from error
    if not isinstance(values, dict):
        raise UserError(N_("{member} cannot be understood."), member=DESCRIPTOR)
    return Node(DESCRIPTOR, values)


def _version(described: Node) -> Definitions:
    card = described.node("valmentaja")
    if card.text("format") != package.FORMAT:
        raise UserError(N_("The package format is not known to this program. Update the program."))
    version = every_version().get(card.text("definitions"))
    if version is None:
        raise UserError(N_("The package's indicator definitions are not known to this program. Update the program."))
    return version


def _require_described(members: Members, head: PackageHead, described: Node, signature: Signature) -> None:
    """The descriptor is written from a few facts; written again from them it must be the same bytes."""
    created, application = described.text("created"), described.node("valmentaja").text("application")
    if not _CREATED.fullmatch(created) or not _APPLICATION.fullmatch(application):
        raise UserError(N_("{member} cannot be understood."), member=DESCRIPTOR)
    version = _version(described)
    rewritten = package.descriptor(
        members, head, created=created, definitions=version, key_id=signature.key_id.hex(), application=application
    )
    if members[DESCRIPTOR] != rewritten or signature.trusted_comment != package.trusted_comment(head, version):
        raise UserError(N_("{member} does not fit the file name, the figures or the signature."), member=DESCRIPTOR)


def _require_over(head: PackageHead, created: str) -> None:
    try:
        made = datetime.fromisoformat(created).astimezone(HELSINKI).date()
    except ValueError as error:
        raise UserError(N_("{member} cannot be understood."), member=DESCRIPTOR) from error
    if made <= head.month.last:
        raise UserError(N_("The package was made before {month} was over."), month=str(head.month))


def _figures(content: bytes, head: PackageHead, version: Definitions) -> tuple[tuple[RowKey, int | None], ...]:
    """The figures, after every row was found in its place and possible."""
    keys = row_keys(head.month, version)
    lines = content.decode("ascii", "replace").split("\n")
    if lines[0] != ",".join(package.FIGURE_COLUMNS) or lines[-1] or len(lines) != len(keys) + 2:
        raise UserError(N_("{member} does not have the rows of this month."), member=FIGURES)
    starts = _starts(head, keys)
    read = [_figure(*row) for row in zip(lines[1:-1], starts, range(2, len(keys) + 2), strict=True)]
    _require_flags(keys, [flag for _, flag in read], version)
    return tuple((key, value) for key, (value, _) in zip(keys, read, strict=True))


def _starts(head: PackageHead, keys: tuple[RowKey, ...]) -> list[str]:
    """What each row begins with, up to its value."""
    month = str(head.month)
    return [",".join((head.unit, row_period(k, month), k.freq, k.indicator, k.dim1, k.dim2, "")) for k in keys]


def _figure(line: str, start: str, number: int) -> tuple[int | None, str]:
    value, comma, flag = line.removeprefix(start).partition(",")
    if not line.startswith(start) or not comma or (value == "") != (flag in (FLAG_SMALL, FLAG_NOT_COLLECTED)):
        raise UserError(N_("{member}, line {line}: the row is not as it must be."), member=FIGURES, line=number)
    if value == "":
        return None, flag
    if flag or not _VALUE.fullmatch(value) or int(value) in NEVER_PUBLISHED or int(value) > LARGEST_VALUE:
        raise UserError(N_("{member}, line {line}: this is not a protected figure."), member=FIGURES, line=number)
    return int(value), flag


def _require_flags(keys: tuple[RowKey, ...], flags: list[str], version: Definitions) -> None:
    """`s` stands on every row but the caseload or on none; `n` on all rows of an optional indicator or on none."""
    place = keys.index(CASELOAD)
    small = {flag == FLAG_SMALL for flag in (*flags[:place], *flags[place + 1 :])}
    if flags[place] or len(small) != 1:
        raise UserError(N_("{member}: the flags contradict each other."), member=FIGURES)
    if FLAG_NOT_COLLECTED not in flags:
        return
    found: dict[str, set[str]] = {}
    for key, flag in zip(keys, flags, strict=True):
        found.setdefault(key.indicator, set()).add(flag)
    for indicator, kinds in found.items():
        if FLAG_NOT_COLLECTED in kinds and (len(kinds) > 1 or not version.indicators[indicator].optional):
            raise UserError(N_("{member}: the flags contradict each other."), member=FIGURES)


def _public_key(text: str) -> PublicKey:
    try:
        return minisign.read_public_key(text)
    except MinisignError as error:
        raise UserError(N_("This is not a minisign public key. Give the unit's .pub file.")) from error


def _about(contents: Contents) -> Sentence:
    head = contents.head
    text = N_("The figures of unit {unit} for {month}, revision {revision}: {rows} rows, complete and unchanged.")
    rows = len(contents.figures)
    return text, (("unit", head.unit), ("month", str(head.month)), ("revision", head.revision), ("rows", rows))


def _about_signature(contents: Contents, *, checked: bool) -> Sentence:
    if checked:
        return N_("Signed with the key {key}."), (("key", contents.key),)
    text = N_(
        "The signature was not checked against a known key. The file says it was signed with the key {key}; "
        "give the unit's public key file to be sure."
    )
    return text, (("key", contents.key),)
