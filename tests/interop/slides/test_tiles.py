"""Tiles and thumbnails: the right pixels, nothing of the label, within limits, from a process that may die."""

from __future__ import annotations

import io
import os
import signal
import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tifffile
from defusedxml import ElementTree
from PIL import Image, ImageCms

from overread.interop import slides
from overread.interop.slides import decoder, workers
from tests.interop.slides.synthetic import LABEL, aperio, kept, picture, pyramid

PINK = (200, 90, 150)


def pixels(jpeg: bytes) -> np.ndarray[Any, Any]:
    return np.asarray(Image.open(io.BytesIO(jpeg)))


@pytest.mark.parametrize(("width", "height"), [(1, 1), (510, 510), (511, 40), (12_000, 9_000), (100_000, 3)])
def test_the_descriptor_and_its_tiles_agree(width: int, height: int) -> None:
    root = ElementTree.fromstring(slides.descriptor(width, height))
    size = next(iter(root))
    assert (root.get("TileSize"), root.get("Overlap"), root.get("Format")) == ("510", "1", "jpeg")
    assert (int(size.get("Width")), int(size.get("Height"))) == (width, height)
    last = slides.levels(width, height) - 1
    assert slides.tiles_across(width, height, 0) == (1, 1)
    assert slides.tiles_across(width, height, last) == (-(-width // 510), -(-height // 510))
    assert slides.tiles_across(width, height, last + 1) is None
    assert slides.tiles_across(width, height, -1) is None


def test_our_levels_are_those_that_openslide_cuts(tmp_path: Path) -> None:
    files = kept(tmp_path, pyramid(1500, 900))
    zoom = decoder.Pictures(files[0].parent).zoom
    assert zoom.level_count == slides.levels(1500, 900)
    assert [slides.tiles_across(1500, 900, level) for level in range(zoom.level_count)] == list(zoom.level_tiles)
    assert (decoder.TILE_SIZE, decoder.OVERLAP) == (slides.TILE_SIZE, slides.OVERLAP)
    assert (decoder.ANSWER, decoder.REFUSAL) == (workers.ANSWER, workers.REFUSAL)


def test_every_level_shows_tissue_where_it_is(tmp_path: Path) -> None:
    files = kept(tmp_path, pyramid(1500, 900))
    found = slides.known(files)
    for level in range(6, slides.levels(1500, 900)):
        whole = slides.tile(files, level, 0, 0)
        shrunk = 2 ** (slides.levels(1500, 900) - 1 - level)
        if 750 // shrunk < 500:
            np.testing.assert_allclose(pixels(whole)[450 // shrunk, 750 // shrunk], PINK, atol=8)
        np.testing.assert_allclose(pixels(whole)[0, 0], (244, 244, 244), atol=4)
    assert found.holds(11, 2, 1)
    assert not any(found.holds(*place) for place in ((11, 3, 0), (11, 0, 2), (12, 0, 0), (-1, 0, 0), (11, -1, 0)))


def test_a_thumbnail_keeps_its_shape(tmp_path: Path) -> None:
    assert pixels(slides.thumbnail(kept(tmp_path, pyramid(1200, 600)), 300)).shape == (150, 300, 3)


def test_nothing_of_the_label_is_in_any_answer(tmp_path: Path) -> None:
    """The label's own pixels are black; no tile and no thumbnail has any, nor a word of the description."""
    files = kept(tmp_path, aperio())
    answers = [slides.thumbnail(files, 400), slides.tile(files, slides.levels(600, 400) - 1, 0, 0)]
    for answer in answers:
        assert pixels(answer).min() > 60
        assert not any(word.encode() in answer for word in [*LABEL.split(), "Aperio"])


def test_colours_are_those_of_a_screen(tmp_path: Path) -> None:
    """A profile that the file carries is used and then left behind."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = pyramid(extra={"extratags": [(34675, 7, len(profile), profile, True)]})
    jpeg = slides.tile(kept(tmp_path, data), slides.levels(600, 400) - 1, 0, 0)
    np.testing.assert_allclose(pixels(jpeg)[200, 300], PINK, atol=8)
    assert b"ICC_PROFILE" not in jpeg


def test_a_process_that_died_is_started_again(tmp_path: Path) -> None:
    files = kept(tmp_path, pyramid())
    first = slides.tile(files, 3, 0, 0)
    os.kill(workers.POOL._known[files].process.pid, signal.SIGKILL)
    workers.POOL._known[files].process.wait()
    assert slides.tile(files, 3, 0, 0) == first


def test_a_process_that_dies_over_a_tile_is_a_refusal_once(tmp_path: Path) -> None:
    files = kept(tmp_path, pyramid())
    slides.tile(files, 3, 0, 0)
    os.kill(workers.POOL._known[files].process.pid, signal.SIGSTOP)
    with pytest.raises(slides.NotShown):
        workers.POOL.ask(files, {"tile": [3, 0, 0]}, seconds=0.3)
    assert slides.tile(files, 3, 0, 0).startswith(b"\xff\xd8")


def test_what_takes_too_much_memory_is_refused(tmp_path: Path) -> None:
    with pytest.raises(slides.SlideError):
        workers.once(kept(tmp_path, pyramid()), memory=40 * 2**20)


def test_what_dawdles_on_arrival_is_refused_and_not_said_to_be_kept(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(workers.once, "__kwdefaults__", {"seconds": 0, "memory": workers.MEMORY})
    with pytest.raises(slides.Damaged) as refusal:
        slides.examine(kept(tmp_path, pyramid()))
    assert "kept" not in refusal.value.do


def test_only_a_few_processes_are_kept_and_their_folders_go_with_them(tmp_path: Path) -> None:
    pool = workers.Pool(most=2)
    processes = []
    for number in range(4):
        files = kept(tmp_path, pyramid(600 + number, 400), str(number))
        assert pool.ask(files, {"tile": [2, 0, 0]}).startswith(b"\xff\xd8")
        processes.append(pool._known[files])
    assert [p.alive for p in processes] == [False, False, True, True]
    pool.close()
    assert not any(p.alive or p.folder.exists() for p in processes)


def test_many_may_ask_at_once(tmp_path: Path) -> None:
    files = kept(tmp_path, pyramid(1500, 900))
    places = [(11, column, row) for column in range(3) for row in range(2)] * 3
    found: dict[int, bytes] = {}

    def ask(number: int, place: tuple[int, int, int]) -> None:
        found[number] = slides.tile(files, *place)

    threads = [threading.Thread(target=ask, args=(i, place)) for i, place in enumerate(places)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 18
    assert all(found[i] == found[i + 6] == found[i + 12] for i in range(6))


def test_a_slide_sees_its_own_files_alone(tmp_path: Path) -> None:
    """OpenSlide looks for the other files of a DICOM slide beside it; another patient's must not lie there."""
    files = kept(tmp_path, pyramid())
    kept(tmp_path, pyramid(), "somebody else's")
    slides.tile(files, 2, 0, 0)
    folder = workers.POOL._known[files].folder
    assert [link.resolve() for link in folder.iterdir()] == [files[0].resolve()]


# the decoder's own functions, in this process


def served(folder: Path, *requests: bytes) -> bytes:
    reading, writing = os.pipe()
    os.write(writing, b"".join(requests))
    os.close(writing)
    out = io.BytesIO()
    with os.fdopen(reading, "rb", buffering=0) as source:
        decoder.serve(folder, source, out)
    return out.getvalue()


def test_it_answers_line_by_line(tmp_path: Path) -> None:
    kept(tmp_path, pyramid())
    said = served(tmp_path, b'{"thumbnail": 64}\n', b'{"tile": [99, 0, 0]}\n')
    length = int(said[1:9], 16)
    assert said[:1] == b"A"
    assert said[9:11] == b"\xff\xd8"
    assert said[9 + length : 10 + length] == b"R"
    assert b"Damaged" in said


def test_what_cannot_be_opened_is_told_to_every_question(tmp_path: Path) -> None:
    kept(tmp_path, b"II*\0 no slide")
    assert served(tmp_path, b'{"thumbnail": 64}\n', b'{"thumbnail": 64}\n').count(b"Damaged") == 2


def test_it_examines_in_one_answer(tmp_path: Path) -> None:
    kept(tmp_path, aperio())
    kind, body = decoder.examined(tmp_path)
    assert kind == b"A"
    assert b'"objective": 20.0' in body
    kept(tmp_path, aperio()[:-200])
    assert decoder.examined(tmp_path)[0] == b"R"


def test_a_gap_between_levels_that_would_read_too_much_is_refused(tmp_path: Path, monkeypatch: Any) -> None:
    kept(tmp_path, pyramid(1500, 900))
    pictures = decoder.Pictures(tmp_path)
    monkeypatch.setattr(decoder, "MOST_AT_ONCE", 1000)
    with pytest.raises(decoder.Refused) as refusal:
        pictures.tile(10, 0, 0)
    assert refusal.value.kind == "NotPyramidal"


def test_a_number_that_is_none_is_unknown() -> None:
    assert [decoder._number(text) for text in (None, "", "twenty", "20")] == [None, None, None, 20.0]


@pytest.mark.realdata
def test_real_slides_show_tissue(shared_data: Path) -> None:
    for name in ("CMU-1-Small-Region.svs", "TCGA-CR-7395-01A-01-TS1.svs", "slidetool_wsi.dcm"):
        shown = pixels(slides.thumbnail((shared_data / "slides" / name,), 200))
        assert shown.std() > 10, name


def test_the_samples_are_what_they_say() -> None:
    with tifffile.TiffFile(io.BytesIO(aperio())) as tiff:
        assert [LABEL in (page.description or "") for page in tiff.pages] == [True, True, True]
    assert picture(8, 8).shape == (8, 8, 3)
