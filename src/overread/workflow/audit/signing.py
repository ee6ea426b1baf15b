"""The installation's signature: Ed25519 over a digest, checkable offline with the published key."""

from __future__ import annotations

import os
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings


def sign(digest: str) -> str:
    """The signature, in hexadecimal, over a digest given in hexadecimal."""
    return _private_key().sign(bytes.fromhex(digest)).hex()


def verify(digest: str, signature: str, public_key: str) -> bool:
    """Does the signature belong to the digest and the key? All three in hexadecimal; needs no installation."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key)).verify(
            bytes.fromhex(signature), bytes.fromhex(digest)
        )
    except (InvalidSignature, ValueError):
        return False
    return True


def public_key() -> str:
    """The installation's public key, in hexadecimal, to be published."""
    raw = serialization.Encoding.Raw, serialization.PublicFormat.Raw
    return _private_key().public_key().public_bytes(*raw).hex()


def _private_key() -> Ed25519PrivateKey:
    path = Path(settings.SIGNING_KEY_FILE)
    if not path.exists():
        _make(path)
    return Ed25519PrivateKey.from_private_bytes(path.read_bytes())


def _make(path: Path) -> None:
    """A new key, readable by its owner alone; the first writer wins."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    with open(os.open(temporary, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb") as out:
        out.write(Ed25519PrivateKey.generate().private_bytes_raw())
        os.fsync(out.fileno())
    try:
        os.link(temporary, path)
    except FileExistsError:
        pass
    finally:
        temporary.unlink()
