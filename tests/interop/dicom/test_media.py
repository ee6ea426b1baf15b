from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest

from overread.interop import dicom
from tests.interop.dicom.synthetic import as_bytes, ct_slice

SLICES = {f"S1/{n}.dcm": as_bytes(ct_slice(n)) for n in (1, 2, 3)}


def zipped(entries: dict[str, bytes], *, pack: int = zipfile.ZIP_DEFLATED) -> io.BytesIO:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", pack) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    out.seek(0)
    return out


def on_disk(root: Path, entries: dict[str, bytes]) -> Path:
    for name, data in entries.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)
    return root


def test_a_folder_is_read_in_order_with_progress(tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    on_disk(tmp_path, SLICES | {"S1/readme.txt": b"Viewer: start me"})
    os.symlink("/etc/hostname", tmp_path / "link.dcm")
    found = list(dicom.read_directory(tmp_path, lambda done, all_: steps.append((done, all_))))
    assert [r.name for r in found] == ["S1/1.dcm", "S1/2.dcm", "S1/3.dcm", "S1/readme.txt"]
    assert [r.instance.number if r.instance else None for r in found] == [1, 2, 3, None]
    assert isinstance(found[3].error, dicom.NotDicom)
    assert found[0].data == SLICES["S1/1.dcm"]
    assert steps[-1] == (4, 4)


def test_a_folder_is_read_within_limits(tmp_path: Path) -> None:
    on_disk(tmp_path, SLICES)
    found = list(dicom.read_directory(tmp_path, limits=dicom.Limits(files=2)))
    assert [bool(r.instance) for r in found] == [True, True, False]
    assert all(r.error for r in dicom.read_directory(tmp_path, limits=dicom.Limits(bytes_each=100)))


def test_a_file_that_cannot_be_read_is_said_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    on_disk(tmp_path, {"1.dcm": b"x"})

    def fails(_: Path) -> bytes:
        raise OSError("bad sector")

    monkeypatch.setattr(Path, "read_bytes", fails)
    (found,) = dicom.read_directory(tmp_path)
    assert isinstance(found.error, dicom.Damaged)


def test_a_zip_is_read_like_a_folder() -> None:
    steps: list[tuple[int, int]] = []
    found = list(dicom.read_zip(zipped(SLICES), lambda done, all_: steps.append((done, all_))))
    assert [r.instance.number for r in found if r.instance] == [1, 2, 3]
    assert steps == [(1, 3), (2, 3), (3, 3)]


@pytest.mark.parametrize("name", ["../../evil.dcm", "/etc/evil.dcm", "C:/evil.dcm", "a/../../evil.dcm", "..\\evil.dcm"])
def test_names_that_point_outside_are_refused(name: str) -> None:
    bad, good = dicom.read_zip(zipped({name: SLICES["S1/1.dcm"], "good.dcm": SLICES["S1/2.dcm"]}))
    assert isinstance(bad.error, dicom.ArchiveRefused) and bad.name == "evil.dcm"
    assert good.instance


def test_a_bomb_is_not_unpacked_further() -> None:
    bomb, good = dicom.read_zip(zipped({"bomb.dcm": bytes(300 * 2**20), "good.dcm": SLICES["S1/1.dcm"]}))
    assert isinstance(bomb.error, dicom.ArchiveRefused) and bomb.data == b""
    assert good.instance


def test_all_entries_together_have_a_limit() -> None:
    found = list(dicom.read_zip(zipped(SLICES, pack=zipfile.ZIP_STORED), limits=dicom.Limits(bytes_all=20_000)))
    assert [bool(r.instance) for r in found] == [True, True, False]


def test_a_zip_inside_a_zip_a_link_and_a_locked_file_are_refused() -> None:
    data = zipped({"inner.zip": zipped(SLICES).getvalue(), "link": b"/etc/passwd", "locked": SLICES["S1/1.dcm"]})
    with zipfile.ZipFile(data) as archive:
        entries = archive.infolist()
    raw = bytearray(data.getvalue())
    directory = raw.index(b"PK\1\2")
    link = raw.index(b"PK\1\2", directory + 4)
    raw[link + 38 : link + 42] = (0o120777 << 16).to_bytes(4, "little")
    locked = raw.index(b"PK\1\2", link + 4)
    raw[locked + 8] |= 1
    assert len(entries) == 3
    reasons = [str(r.error) for r in dicom.read_zip(io.BytesIO(bytes(raw)))]
    assert "zip inside" in reasons[0] and "link" in reasons[1] and "password" in reasons[2]


def test_a_damaged_entry_is_refused_and_the_rest_read() -> None:
    raw = bytearray(zipped(SLICES, pack=zipfile.ZIP_STORED).getvalue())
    raw[200] ^= 0xFF
    found = list(dicom.read_zip(io.BytesIO(bytes(raw))))
    assert isinstance(found[0].error, dicom.Damaged)
    assert [bool(r.instance) for r in found[1:]] == [True, True]


@pytest.mark.parametrize("data", [b"", b"not a zip", zipped(SLICES).getvalue()[:-30]])
def test_what_is_no_zip_is_refused_as_a_whole(data: bytes) -> None:
    with pytest.raises(dicom.ArchiveRefused):
        list(dicom.read_zip(io.BytesIO(data)))


def test_an_archive_of_too_many_files_is_refused_as_a_whole() -> None:
    with pytest.raises(dicom.ArchiveRefused):
        list(dicom.read_zip(zipped(SLICES), limits=dicom.Limits(files=2)))
