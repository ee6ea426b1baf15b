"""What can be wrong with a file of public data. Every message says what to do."""

from __future__ import annotations


class PublicDataError(Exception):
    """Root of the tree. The text is fit to show to the person who gave the file."""


class EmptyFile(PublicDataError):
    def __init__(self) -> None:
        super().__init__("The file is empty. Fetch it again from its source.")


class Truncated(PublicDataError):
    def __init__(self) -> None:
        super().__init__("The file ends too early. Fetch it again from its source.")


class TooLarge(PublicDataError):
    def __init__(self, what: str, limit: int) -> None:
        super().__init__(
            f"{what} is larger than {limit:,} bytes. Split the file, or check that it is what it should be."
        )


class NotXml(PublicDataError):
    def __init__(self, why: str) -> None:
        super().__init__(f"The file is not well-formed XML ({why}). Give the registry's own .xml or .xml.gz file.")


class UnsafeXml(PublicDataError):
    def __init__(self) -> None:
        super().__init__("The file declares XML entities, which no registry's file does. It was not read.")


class NotJson(PublicDataError):
    def __init__(self) -> None:
        super().__init__("The file is not JSON. Give the registry's own .json or .json.gz file.")


class NotThisKind(PublicDataError):
    def __init__(self, expected: str, found: str) -> None:
        super().__init__(f"The file holds {found}, not {expected}.")


class ReleaseExists(PublicDataError):
    def __init__(self, name: str) -> None:
        super().__init__(f"A release named {name} is there already. Releases are never changed: choose another name.")


class ReleaseNotReady(PublicDataError):
    def __init__(self, name: str, state: str) -> None:
        super().__init__(f"The release {name} is {state}. Wait until its import has ended, or import it again.")


class BrokenRelease(PublicDataError):
    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"The release {name} is damaged: {why}. Import it again from its files.")
