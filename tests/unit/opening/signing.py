"""Signed PDFs for tests: an authority, certificates by it, and files signed with them."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from asn1crypto import keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.signers import SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

NOW = datetime.now(UTC)
DAYS = timedelta(days=400)


@dataclass(frozen=True)
class Identity:
    """A private key with its certificate."""

    key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    @property
    def asn1(self) -> asn1_x509.Certificate:
        return asn1_x509.Certificate.load(self.certificate.public_bytes(serialization.Encoding.DER))


def _name(organisation: str) -> x509.Name:
    return x509.Name(
        [x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation), x509.NameAttribute(NameOID.COMMON_NAME, "seal")]
    )


def _certificate(subject: str, key, issuer: str, issuer_key, *, authority: bool) -> x509.Certificate:
    usage = {"digital_signature": not authority, "content_commitment": not authority, "key_cert_sign": authority}
    off = ("key_encipherment", "data_encipherment", "key_agreement", "crl_sign", "encipher_only", "decipher_only")
    return (
        x509.CertificateBuilder()
        .subject_name(_name(subject))
        .issuer_name(_name(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - DAYS)
        .not_valid_after(NOW + DAYS)
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(**usage, **dict.fromkeys(off, False)), critical=True)
        .sign(issuer_key, hashes.SHA256())
    )


@lru_cache(maxsize=1)
def authority() -> Identity:
    key = ec.generate_private_key(ec.SECP256R1())
    return Identity(key, _certificate("Test Authority", key, "Test Authority", key, authority=True))


@lru_cache(maxsize=8)
def identity(organisation: str, kind: str = "ecdsa") -> Identity:
    key = ec.generate_private_key(ec.SECP256R1()) if kind == "ecdsa" else rsa.generate_private_key(65537, 2048)
    by = authority()
    return Identity(key, _certificate(organisation, key, "Test Authority", by.key, authority=False))


def signed(document: bytes, by: Identity, field: str = "Seal") -> bytes:
    """Return the PDF with a signature over the whole file."""
    private = by.key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    store = SimpleCertificateStore()
    store.register_multiple([authority().asn1])
    signer = SimpleSigner(signing_cert=by.asn1, signing_key=keys.PrivateKeyInfo.load(private), cert_registry=store)
    output = signers.sign_pdf(
        IncrementalPdfFileWriter(io.BytesIO(document)), signers.PdfSignatureMetadata(field_name=field), signer=signer
    )
    return bytes(output.getbuffer())
