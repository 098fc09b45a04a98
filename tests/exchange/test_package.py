"""The month's package: same bytes, checkable by other programs, every tampering found."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import shutil
import subprocess
import zipfile
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from valmentaja.base.errors import UserError
from valmentaja.crypto import minisign
from valmentaja.definitions.indicators import definitions
from valmentaja.exchange.package import MEMBERS, Package, PackageHead, build, figures_csv, manifest, pack
from valmentaja.exchange.package_check import verify
from valmentaja.indicators.calendar import Month
from valmentaja.indicators.facts import Person
from valmentaja.indicators.month import PublishedRow, exact, protect

SEED = hashlib.sha256(b"package key of a test unit").digest()
SECRET = hashlib.sha256(b"secret of a test unit").digest()
KEY = minisign.new_private_key(SEED)
PUBLIC = minisign.public_key_of(KEY)
HEAD = PackageHead(unit="U101", municipality="405", month=Month(2024, 3))
CREATED = "2024-04-02T06:00:00Z"
FIGURES_OF_25_PEOPLE = "a9d6116d15a344b067be834068ab6a2386ea3059de425228af959a4f6be497e7"
CODES_OF_VERSION_1 = "01011dcde92055bbf0266c0b16a08e77b8fd15794a0f0c9cd759698aeefd22c7"


def rows(head: PackageHead = HEAD, people: int = 25) -> tuple[PublishedRow, ...]:
    held = (Person(record_key=bytes([n]) * 16, intake=date(2024, 3, 1 + n % 25)) for n in range(people))
    return protect(exact(held, head.month, definitions()), SECRET, str(head.month), head.revision)


def made(head: PackageHead = HEAD, *, created: str = CREATED, people: int = 25) -> Package:
    return build(rows(head, people), head, created=created, definitions=definitions(), private_key=KEY)


@cache
def sound() -> Package:
    return made()


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def described_again(held: dict[str, bytes]) -> bytes:
    described = json.loads(held["datapackage.json"])
    for resource in described["resources"]:
        inner = held[resource["path"]]
        resource |= {"bytes": len(inner), "hash": f"sha256:{hashlib.sha256(inner).hexdigest()}"}
    return (json.dumps(described, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def resigned(name: str, content: bytes) -> bytes:
    """A package whose member was replaced by somebody who holds the unit's own key."""
    held = members(sound().data) | {name: content}
    if name != "datapackage.json":
        held["datapackage.json"] = described_again(held)
    held["MANIFEST.sha256"] = manifest(held)
    comment = f"{HEAD.stem} valmentaja-ind/1"
    held["MANIFEST.sha256.minisig"] = minisign.sign(KEY, held["MANIFEST.sha256"], trusted_comment=comment).encode()
    return pack(held)


def reason(data: bytes, name: str = "", key: str | None = PUBLIC.file) -> str:
    """The one sentence a bad package is refused with."""
    check = verify(data, name or HEAD.name, *(() if key is None else (key,)))
    assert not check.sound
    assert check.contents is None
    ((text, values),) = check.sentences
    return text.format(**dict(values))


# --- the package itself ---


def test_the_same_seal_gives_the_same_bytes() -> None:
    assert made() == made()
    assert made().data != made(created="2024-04-02T06:00:01Z").data


def test_the_bytes_are_those_of_the_first_release() -> None:
    """A change of these bytes breaks what lies sealed in vaults; it needs a new format version."""
    held = members(sound().data)
    assert sound().name == "vi_405_U101_2024-03_r1.zip"
    assert hashlib.sha256(held["indicators.csv"]).hexdigest() == FIGURES_OF_25_PEOPLE
    assert hashlib.sha256(held["codes.csv"]).hexdigest() == CODES_OF_VERSION_1
    assert sound().manifest_sha256 == hashlib.sha256(held["MANIFEST.sha256"]).hexdigest()


def test_the_archive_has_the_prescribed_shape() -> None:
    with zipfile.ZipFile(io.BytesIO(sound().data)) as archive:
        entries = archive.infolist()
        assert archive.comment == b""
    assert tuple(e.filename for e in entries) == MEMBERS
    for e in entries:
        assert (e.date_time, e.create_system, e.external_attr >> 16) == ((1980, 1, 1, 0, 0, 0), 3, 0o100644)
        assert (e.compress_type, e.extra, e.comment, e.flag_bits) == (zipfile.ZIP_STORED, b"", b"", 0)


def test_the_figures_are_the_published_ones_and_all_of_them() -> None:
    lines = members(sound().data)["indicators.csv"].decode().splitlines()
    assert lines[0] == "unit,period,freq,indicator,dim1,dim2,value,flag"
    expected = [
        f"U101,2024-03,{r.key.freq},{r.key.indicator},{r.key.dim1},{r.key.dim2},{r.published},{r.flag}" for r in rows()
    ]
    assert lines[1:] == expected
    assert len(expected) == 315


def test_codes_name_every_row_in_three_languages() -> None:
    found = list(csv.DictReader(io.StringIO(members(sound().data)["codes.csv"].decode())))
    assert len(found) == 331
    assert next(row for row in found if row["indicator"] == "CL01")["title_fi"] == "Asiakkaat laskentapäivänä"
    assert list(found[0]) == ["freq", "indicator", "dim1", "dim2", "title_fi", "title_sv", "title_en"]


def test_the_descriptor_says_what_a_reader_must_know() -> None:
    text = members(sound().data)["datapackage.json"].decode()
    described = json.loads(text)
    assert text == json.dumps(described, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    assert (described["profile"], described["name"]) == ("tabular-data-package", "vi-405-u101-2024-03-r1")
    ours = described["valmentaja"]
    assert ours["format"] == "valmentaja-ind-package/1"
    assert (ours["definitions"], ours["services"]) == ("valmentaja-ind/1", "ar_seed_2013")
    assert (ours["unit"], ours["municipality"], ours["period"]) == ("U101", "405", "2024-03")
    assert (ours["revision"], ours["supersedes"], ours["key_id"]) == (1, None, PUBLIC.key_id.hex())
    assert ours["method"]["ptable_sha256"].startswith("7db503bd")


def test_a_correction_names_the_package_it_replaces() -> None:
    second = made(replace(HEAD, revision=2))
    described = json.loads(members(second.data)["datapackage.json"])
    assert described["valmentaja"]["supersedes"] == "vi_405_U101_2024-03_r1"
    assert verify(second.data, second.name, PUBLIC.line).sound


def test_a_package_without_all_its_rows_is_not_made() -> None:
    with pytest.raises(ValueError, match="all rows"):
        build(rows()[:-1], HEAD, created=CREATED, definitions=definitions(), private_key=KEY)


@pytest.mark.parametrize("head", [replace(HEAD, unit="u1"), replace(HEAD, municipality="5"), replace(HEAD, revision=6)])
def test_a_head_that_makes_no_lawful_name_is_refused(head: PackageHead) -> None:
    with pytest.raises(UserError, match="name is not that of a month's package"):
        made(head)


# --- other programs accept it ---


def test_minisign_and_sha256sum_accept_the_package(tmp_path: Path) -> None:
    assert shutil.which("minisign"), "the Debian package minisign is missing: apt-get install minisign"
    for name, content in members(sound().data).items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "unit.pub").write_text(PUBLIC.file)
    summed = subprocess.run(["sha256sum", "-c", "MANIFEST.sha256"], cwd=tmp_path, capture_output=True, text=True)
    assert summed.returncode == 0, summed.stderr
    assert summed.stdout == "codes.csv: OK\ndatapackage.json: OK\nindicators.csv: OK\n"
    command = ["minisign", "-V", "-p", "unit.pub", "-m", "MANIFEST.sha256"]
    signed = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert signed.returncode == 0, signed.stderr
    assert "Signature and comment signature verified" in signed.stdout
    assert f"Trusted comment: {HEAD.stem} valmentaja-ind/1" in signed.stdout
    (tmp_path / "MANIFEST.sha256").write_bytes(b"x")
    assert subprocess.run(command, cwd=tmp_path, capture_output=True).returncode != 0


def test_a_signature_made_by_minisign_is_accepted(tmp_path: Path) -> None:
    assert shutil.which("minisign"), "the Debian package minisign is missing: apt-get install minisign"
    (tmp_path / "text").write_bytes(b"a message")
    new_keys = ["minisign", "-G", "-W", "-p", "k.pub", "-s", "k.key"]
    signing = ["minisign", "-S", "-s", "k.key", "-m", "text", "-t", "said so"]
    for command in (new_keys, signing):
        subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    key = minisign.read_public_key((tmp_path / "k.pub").read_text())
    signature = minisign.read_signature((tmp_path / "text.minisig").read_text())
    minisign.check(key, b"a message", signature)
    assert signature.trusted_comment == "said so"
    assert (tmp_path / "k.pub").read_text() == key.file
    with pytest.raises(minisign.MinisignError):
        minisign.check(key, b"another message", signature)


def test_the_key_id_is_shown_as_minisign_shows_it() -> None:
    assert PUBLIC.key_id == hashlib.sha256(PUBLIC.raw).digest()[:8]
    assert PUBLIC.file.splitlines()[0] == f"untrusted comment: minisign public key {PUBLIC.fingerprint}"
    assert minisign.read_public_key(PUBLIC.line) == minisign.read_public_key(PUBLIC.file) == PUBLIC


# --- checking ---


def test_a_sound_package_is_accepted_and_described() -> None:
    check = verify(sound().data, sound().name, PUBLIC.file)
    assert check.sound
    assert check.signature_checked
    assert check.contents is not None
    assert (check.contents.head, check.contents.created) == (HEAD, CREATED)
    assert [value for _, value in check.contents.figures] == [row.published for row in rows()]
    said = [text.format(**dict(values)) for text, values in check.sentences]
    assert said[0] == "The figures of unit U101 for 2024-03, revision 1: 315 rows, complete and unchanged."
    assert said[1] == f"Signed with the key {PUBLIC.fingerprint}."


def test_without_a_key_the_signature_is_said_to_be_unchecked() -> None:
    check = verify(sound().data, sound().name)
    assert check.sound
    assert not check.signature_checked
    assert check.sentences[1][0].startswith("The signature was not checked against a known key.")


def test_a_small_unit_and_a_december_are_sound_too() -> None:
    small = made(people=4)
    check = verify(small.data, small.name, PUBLIC.file)
    assert check.contents is not None
    assert sum(value is None for _, value in check.contents.figures) == 314
    december = made(replace(HEAD, month=Month(2024, 12)), created="2025-01-01T00:00:00Z")
    assert verify(december.data, december.name, PUBLIC.file).sound


def test_a_package_of_the_first_definitions_is_still_read() -> None:
    """Such ones lie sealed in vaults."""
    first = definitions("valmentaja-ind/0")
    people = (Person(record_key=bytes([n]) * 16, intake=date(2024, 3, 1 + n)) for n in range(25))
    old = protect(exact(people, HEAD.month, first), SECRET, str(HEAD.month), HEAD.revision)
    package = build(old, HEAD, created=CREATED, definitions=first, private_key=KEY)
    check = verify(package.data, package.name, PUBLIC.file)
    assert check.sound
    assert "31 rows" in check.sentences[0][0].format(**dict(check.sentences[0][1]))


@settings(max_examples=200)
@given(place=st.integers(0, 10**6), bit=st.integers(0, 7))
def test_any_flipped_bit_is_found(place: int, bit: int) -> None:
    data = bytearray(sound().data)
    data[place % len(data)] ^= 1 << bit
    assert reason(bytes(data))


@settings(max_examples=60)
@given(cut=st.integers(0, 10**6), noise=st.binary(max_size=50))
def test_a_cut_or_noisy_file_is_refused(cut: int, noise: bytes) -> None:
    data = sound().data[: cut % len(sound().data)]
    assert reason(data + noise)
    assert reason(noise)


def test_noise_of_full_size_is_refused() -> None:
    assert "larger" in reason(bytes(10_000_000))
    assert "not a zip archive" in reason(hashlib.shake_256(b"noise").digest(900_000))


def test_a_missing_extra_or_reordered_member_is_refused() -> None:
    held = members(sound().data)

    def zipped(names: list[str], method: int = zipfile.ZIP_STORED) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", method) as archive:
            for name in names:
                archive.writestr(name, held.get(name, b"extra"))
        return out.getvalue()

    names = list(MEMBERS)
    escaping = [*names[:4], "../" + names[4]], [*names[:4], "/etc/x"]
    for wrong in (names[:-1], [*names, "more.csv"], names[::-1], [], *escaping):
        assert "must hold exactly" in reason(zipped(wrong))
    assert "not compressed" in reason(zipped(names, zipfile.ZIP_DEFLATED))
    assert "not packed as a package" in reason(zipped(names))


def test_a_doubled_member_is_refused() -> None:
    out = io.BytesIO(sound().data)
    with zipfile.ZipFile(out, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("indicators.csv", b"other")
    assert "must hold exactly" in reason(out.getvalue())


def test_bytes_before_or_after_the_archive_are_found() -> None:
    assert "not packed as a package" in reason(b"#!/bin/sh\n" + sound().data)
    assert reason(sound().data + b"\n")


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("vi_405_U101_2024-04_r1.zip", "renamed"),
        ("vi_405_U101_2024-03_r2.zip", "renamed"),
        ("vi_405_U1012_2024-03_r1.zip", "renamed"),
        ("vi_091_U101_2024-03_r1.zip", "renamed"),
        ("vi_405_U101_2024-03_r6.zip", "name is not"),
        ("VI_405_U101_2024-03_r1.zip", "name is not"),
        ("vi_405_U101_2024-03_r1 (1).zip", "name is not"),
        ("vi_405_U101_2024-03_r1", "name is not"),
        ("vi_405_U101_2024-00_r1.zip", "is not a month"),
    ],
)
def test_a_renamed_file_is_refused(name: str, why: str) -> None:
    assert why in reason(sound().data, name)


def test_another_key_is_refused() -> None:
    other = minisign.public_key_of(minisign.new_private_key(bytes(32)))
    assert "signed with another key" in reason(sound().data, key=other.file)
    posing = replace(other, key_id=PUBLIC.key_id)
    assert "signature does not match" in reason(sound().data, key=posing.file)


def test_a_key_that_is_none_is_the_users_error() -> None:
    for text in ("", "untrusted comment: x\n", "RWQ", PUBLIC.file + PUBLIC.line, "ä"):
        with pytest.raises(UserError, match="not a minisign public key"):
            verify(sound().data, sound().name, text)


def test_figures_exchanged_between_packages_are_found_without_a_key_too() -> None:
    other = members(made(replace(HEAD, revision=2)).data)["indicators.csv"]
    held = members(sound().data)
    assert other != held["indicators.csv"]
    assert "checksum differs" in reason(pack(held | {"indicators.csv": other}), key=None)


@pytest.mark.parametrize(
    ("find", "put", "why"),
    [
        ("CL01,,,", "CL01,,,x", "not a protected figure"),
        ("CL01,,,", "CL01,,,0", "not a protected figure"),
        ("AR_A,P,,0,", "AR_A,P,,2,", "not a protected figure"),
        ("AR_A,P,,0,", "AR_A,P,,1,", "not a protected figure"),
        ("AR_A,P,,0,", "AR_A,P,,-3,", "not a protected figure"),
        ("AR_A,P,,0,", "AR_A,P,,99999,", "not a protected figure"),
        ("AR_A,P,,0,", "AR_A,P,,3,s", "not as it must be"),
        ("AR_A,P,,0,", "AR_A,P,,,", "not as it must be"),
        ("AR_A,P,,0,", "AR_A,P,,,x", "not as it must be"),
        ("AR_A,P,,0,", "AR_A,Q,,0,", "not as it must be"),
        ("AR_A,P,,0,", "AR_A,P,,0", "not as it must be"),
        ("AR_A,P,,0,", "AR_A,P,,0,,", "not a protected figure"),
        ("AR_A,P,,0,", "AR_A,P,,,s", "flags contradict"),
        ("AR_A,P,,0,", "AR_A,P,,,n", "flags contradict"),
        ("U101,2024-03,M,AR_A,P,,0,\n", "", "rows of this month"),
        ("value,flag", "value,flags", "rows of this month"),
    ],
)
def test_impossible_figures_are_refused_even_when_signed(find: str, put: str, why: str) -> None:
    content = members(sound().data)["indicators.csv"].decode()
    assert find in content
    assert why in reason(resigned("indicators.csv", content.replace(find, put, 1).encode()))


def test_codes_and_descriptor_must_be_those_of_the_definitions() -> None:
    held = members(sound().data)
    codes = held["codes.csv"].replace("eläke".encode(), b"elake")
    assert "codes.csv is not that" in reason(resigned("codes.csv", codes))
    for find, put, why in (
        (b"valmentaja-ind/1", b"valmentaja-ind/7", "definitions are not known"),
        (b"valmentaja-ind-package/1", b"valmentaja-ind-package/2", "format is not known"),
        (b'"max_abs_deviation": 8', b'"max_abs_deviation": 9', "does not fit"),
        (b'"unit": "U101"', b'"unit": "U102"', "does not fit"),
        (b"2024-04-02T06:00:00Z", b"2024-03-31T20:59:59Z", "made before 2024-03 was over"),
        (b"2024-04-02T06:00:00Z", b"2024-04-02T25:00:00Z", "cannot be understood"),
        (b"2024-04-02T06:00:00Z", b"2024-04-02 06:00:00Z", "cannot be understood"),
        (b'"application": "valmentaja', b'"application": "other', "cannot be understood"),
        (b'"application": "valmentaja', b'"application": "valmentaja 1\\ud800', "cannot be understood"),
        (b'"format"', b'"formet"', "is missing"),
    ):
        assert find in held["datapackage.json"]
        assert why in reason(resigned("datapackage.json", held["datapackage.json"].replace(find, put)))


def test_a_package_made_in_the_first_hour_after_the_month_in_finland_is_sound() -> None:
    early = made(created="2024-03-31T21:00:00Z")
    assert verify(early.data, early.name, PUBLIC.file).sound


def test_figures_are_written_without_quotes() -> None:
    assert b'"' not in figures_csv(rows(), HEAD)


def test_a_key_id_is_shown_as_minisign_shows_it() -> None:
    """Without leading zeros; one key in sixteen has one."""
    key = minisign.PublicKey(key_id=bytes.fromhex("865c8d8185b05405"), raw=bytes(32))
    assert key.fingerprint == "554B085818D5C86"
