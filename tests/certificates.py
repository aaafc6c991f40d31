"""Certificates for relays of tests: an authority of one's own, and what it signs."""

import datetime as dt
import ipaddress
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Files:
    """A certificate and its key, as `relay serve` takes them."""

    certificate: Path
    key: Path

    @property
    def options(self) -> tuple[str, ...]:
        """The options of `relay serve`."""
        return "--certificate", str(self.certificate), "--key", str(self.key)


class Authority:
    """Somebody who vouches for relays.

    Args:
        folder: everything is written there.
        name: what it calls itself.
    """

    def __init__(self, folder: Path, name: str = "authority") -> None:
        self.folder, self.name = folder, name
        self._key = ec.generate_private_key(ec.SECP256R1())
        self.file = folder / f"{name}.pem"
        own = _builder(name, name, self._key.public_key(), DAY).add_extension(x509.BasicConstraints(True, None), True)
        self.file.write_bytes(_pem(own.sign(self._key, hashes.SHA256())))

    def vouch(self, address: str, name: str = "relay", *, until: dt.timedelta = DAY) -> Files:
        """Sign a certificate for an address; give it with its key."""
        key = ec.generate_private_key(ec.SECP256R1())
        names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(address))])
        made = _builder(name, self.name, key.public_key(), until).add_extension(names, critical=False)
        files = Files(self.folder / f"{name}.pem", self.folder / f"{name}.key")
        files.certificate.write_bytes(_pem(made.sign(self._key, hashes.SHA256())))
        plain = serialization.NoEncryption()
        files.key.write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain))
        return files


def _builder(subject: str, issuer: str, key: ec.EllipticCurvePublicKey, until: dt.timedelta) -> x509.CertificateBuilder:
    now = dt.datetime.now(dt.UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, subject)]))
        .issuer_name(x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, issuer)]))
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - 9 * DAY)
        .not_valid_after(now + until)
    )


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)
