"""Software cards (SoftHSM2) with a key and its certificate, made as a card maker would."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import NameOID

MODULES = ("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so")
MODULE = next((Path(m) for m in MODULES if Path(m).is_file()), Path(MODULES[0]))
PIN, WRONG = "246810", "135791"

Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


def certificate(key: Key, name: str, made: datetime, *, signing: bool = True) -> x509.Certificate:
    """Self-signed, valid for a year from a day before `made`; `signing` sets nonRepudiation."""
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    flags = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign", "encipher_only"), False
    )
    usage = x509.KeyUsage(digital_signature=not signing, content_commitment=signing, decipher_only=False, **flags)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(made - timedelta(days=1))
        .not_valid_after(made + timedelta(days=365))
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )


def key_file(name: str, passphrase: str, made: datetime) -> bytes:
    """A .p12 as a municipality gets it from its issuer."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    lock = BestAvailableEncryption(passphrase.encode())
    return pkcs12.serialize_key_and_certificates(name.encode(), key, certificate(key, name, made), None, lock)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """A folder of software tokens; one for the whole run, because a module reads its settings once."""

    folder: Path

    def add(self, label: str, name: str, made: datetime, *, always: bool = False, curve: bool = False) -> None:
        """A token with two certificates, one for logging in and one for signing; `always` asks the PIN each time."""
        run("softhsm2-util", "--init-token", "--free", "--label", label, "--so-pin", PIN, "--pin", PIN)
        self._put(label, "01", f"{name} login", made, signing=False, curve=curve)
        self._put(label, "02", name, made, always=always, curve=curve)

    def remove_all(self) -> None:
        """As if every card were pulled out."""
        for token in self.folder.iterdir():
            shutil.rmtree(token)

    def _put(
        self, label: str, key_id: str, name: str, made: datetime, *, signing: bool = True, always: bool = False,
        curve: bool = False,
    ) -> None:  # fmt: skip
        key: Key = (
            ec.generate_private_key(ec.SECP256R1())
            if curve
            else rsa.generate_private_key(public_exponent=65537, key_size=2048)
        )
        files = self.folder.parent
        private, public = files / "key.der", files / "certificate.der"
        private.write_bytes(key.private_bytes(Encoding.DER, PrivateFormat.TraditionalOpenSSL, NoEncryption()))
        public.write_bytes(certificate(key, name, made, signing=signing).public_bytes(Encoding.DER))
        to = ("pkcs11-tool", "--module", str(MODULE), "--token-label", label, "--login", "--pin", PIN, "--id", key_id)
        run(*to, "--write-object", str(private), "--type", "privkey", "--usage-sign", *(["--always-auth"] * always))
        run(*to, "--write-object", str(public), "--type", "cert", "--label", name)


def new_reader(folder: Path) -> Reader:
    """Empty; SOFTHSM2_CONF must stay set as it is here for as long as the module is loaded."""
    tokens = folder / "tokens"
    tokens.mkdir()
    settings = folder / "softhsm2.conf"
    settings.write_text(f"directories.tokendir = {tokens}\nobjectstore.backend = file\nlog.level = ERROR\n")
    os.environ["SOFTHSM2_CONF"] = str(settings)
    return Reader(folder=tokens)


def run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{command[0]}: {done.stdout}{done.stderr}")
