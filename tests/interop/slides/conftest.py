from __future__ import annotations

from collections.abc import Iterator

import pytest

from overread.interop import slides


@pytest.fixture(autouse=True)
def no_processes_left() -> Iterator[None]:
    yield
    slides.close()
    slides.known.cache_clear()
