"""Public registries -> the clinical library's types, and versioned read-only releases of them."""

from .errors import (
    BrokenRelease,
    EmptyFile,
    NotJson,
    NotThisKind,
    NotXml,
    PublicDataError,
    ReleaseExists,
    ReleaseNotReady,
    TooLarge,
    Truncated,
    UnsafeXml,
)

__all__ = [
    "BrokenRelease",
    "EmptyFile",
    "NotJson",
    "NotThisKind",
    "NotXml",
    "PublicDataError",
    "ReleaseExists",
    "ReleaseNotReady",
    "TooLarge",
    "Truncated",
    "UnsafeXml",
]
