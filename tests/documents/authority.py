"""An issuer, its time stamp service and what it says of certificates: the `openssl` command line, in a folder."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

FIRST, LAST = datetime(2026, 1, 1, tzinfo=UTC), datetime(2046, 1, 1, tzinfo=UTC)
SETTINGS = """
[tsa]
default_tsa = service
[service]
serial = {folder}/serial
signer_cert = {folder}/service.pem
signer_key = {folder}/service.key
certs = {folder}/issuer.pem
signer_digest = sha256
default_policy = 1.2.3.4
digests = {digests}
ess_cert_id_alg = sha256
[ca]
default_ca = issuer
[issuer]
database = {folder}/index.txt
certificate = {folder}/issuer.pem
private_key = {folder}/issuer.key
default_md = sha256
default_crl_days = 30
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    folder: Path

    def add(self, name: str, file: str, usage: x509.ObjectIdentifier | None = None, *, last: datetime = LAST) -> None:
        """A certificate for `name` issued here, with its key beside it."""
        issuer = x509.load_pem_x509_certificate(self._held("issuer.pem"))
        key = _load(self._held("issuer.key"))
        _write(self.folder, file, name, issuer=(issuer.subject, key), usage=usage, last=last)
        serial = x509.load_pem_x509_certificate(self._held(f"{file}.pem")).serial_number
        with (self.folder / "index.txt").open("a") as index:
            index.write(f"V\t460101000000Z\t\t{_hex(serial)}\tunknown\t/CN={name}\n")

    def key_file(self, file: str, word: str) -> bytes:
        held = x509.load_pem_x509_certificate(self._held(f"{file}.pem"))
        lock = BestAvailableEncryption(word.encode())
        return pkcs12.serialize_key_and_certificates(None, _load(self._held(f"{file}.key")), held, None, lock)

    def certificate(self, file: str = "issuer") -> bytes:
        return self._held(f"{file}.pem")

    def revoke(self, file: str) -> None:
        serial = _hex(x509.load_pem_x509_certificate(self._held(f"{file}.pem")).serial_number)
        lines = (self.folder / "index.txt").read_text().splitlines()
        changed = [f"R{line[1:16]}261120080000Z{line[16:]}" if serial in line else line for line in lines]
        (self.folder / "index.txt").write_text("\n".join(changed) + "\n")

    def stamp(self, request: bytes) -> bytes:
        (self.folder / "a.tsq").write_bytes(request)
        self._run("ts", "-reply", "-config", "settings", "-queryfile", "a.tsq", "-out", "a.tsr")
        return self._held("a.tsr")

    def answer(self, file: str) -> bytes:
        """OCSP, signed by the issuer itself."""
        self._run(
            *("ocsp", "-index", "index.txt", "-CA", "issuer.pem", "-rsigner", "issuer.pem", "-rkey", "issuer.key"),
            *("-issuer", "issuer.pem", "-cert", f"{file}.pem", "-respout", "a.ocsp", "-ndays", "7"),
        )
        return self._held("a.ocsp")

    def revoked(self) -> bytes:
        """The list, as PEM."""
        self._run("ca", "-gencrl", "-config", "settings", "-out", "a.crl")
        return self._held("a.crl")

    def told(self, *command: str) -> str:
        return self._run(*command)

    def _held(self, name: str) -> bytes:
        return (self.folder / name).read_bytes()

    def _run(self, *command: str) -> str:
        done = subprocess.run(["openssl", *command], capture_output=True, text=True, cwd=self.folder, check=False)
        if done.returncode:
            raise RuntimeError(f"{command[0]}: {done.stdout}{done.stderr}")
        return done.stdout


def new_authority(
    folder: Path, name: str = "Esimerkki Juuri", *, digests: str = "sha256", last: datetime = LAST
) -> Authority:
    """With a time stamp service of its own, which takes `digests`; its certificate is valid to `last`."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "settings").write_text(SETTINGS.format(folder=folder, digests=digests))
    (folder / "serial").write_text("01\n")
    (folder / "index.txt").touch()
    _write(folder, "issuer", name, issuer=None, usage=None)
    made = Authority(folder=folder)
    made.add(f"{name}, aikaleimat", "service", ExtendedKeyUsageOID.TIME_STAMPING, last=last)
    return made


def _for_signing() -> x509.KeyUsage:
    flags = ("digital_signature", "key_encipherment", "data_encipherment", "key_agreement")
    more = ("key_cert_sign", "crl_sign", "encipher_only", "decipher_only")
    return x509.KeyUsage(content_commitment=True, **dict.fromkeys((*flags, *more), False))


def _hex(serial: int) -> str:
    """As openssl writes it: whole bytes."""
    return f"{serial:X}" if len(f"{serial:X}") % 2 == 0 else f"0{serial:X}"


def _load(pem: bytes) -> rsa.RSAPrivateKey:
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    key = load_pem_private_key(pem, None)
    assert isinstance(key, rsa.RSAPrivateKey)
    return key


def _write(
    folder: Path,
    file: str,
    name: str,
    *,
    issuer: tuple[x509.Name, rsa.RSAPrivateKey] | None,
    usage: x509.ObjectIdentifier | None,
    last: datetime = LAST,
) -> None:
    """Key and certificate as PEM, valid for a fixed time."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    by, signer = issuer or (subject, key)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(by)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(FIRST - timedelta(days=1))
        .not_valid_after(last)
        .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
    )
    if usage is not None:
        made = made.add_extension(x509.ExtendedKeyUsage([usage]), critical=True)
    elif issuer is not None:
        made = made.add_extension(_for_signing(), critical=True)
    (folder / f"{file}.pem").write_bytes(made.sign(signer, hashes.SHA256()).public_bytes(Encoding.PEM))
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / f"{file}.key").write_bytes(pem)
