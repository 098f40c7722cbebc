"""A JPEG that is reduced while it is being decoded looks as if it had been afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageFilter

from presenter.images import Fit, Request, decode
from presenter.images.incremental import IncrementalReduction
from presenter.images.subcells import Reduction
from presenter.images.types import MODES, Cells, Depth


@pytest.fixture
def photograph(tmp_path: Path) -> Path:
    noise = [Image.effect_noise((1200, 1000), 90 + band).filter(ImageFilter.GaussianBlur(2)) for band in range(3)]
    image = Image.merge("RGB", noise)
    image.paste("#000000", (0, 300, 1200, 420))  # nobody can tell black rows from such as are still to come
    image.save(tmp_path / "photograph.jpg", quality=92)
    return tmp_path / "photograph.jpg"


def late(request: Request, monkeypatch: pytest.MonkeyPatch) -> Cells:
    with monkeypatch.context() as context:
        context.setattr(decode, "MIN_PIXELS", 10**9)
        return decode.decode_to_cells(request)


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Say of every picture that was begun early whether it was finished so."""
    found: list[bool] = []
    finish = IncrementalReduction.canvas

    def canvas(self: IncrementalReduction) -> object:
        result = finish(self)
        found.append(result is not None)
        return result

    monkeypatch.setattr(IncrementalReduction, "canvas", canvas)
    return found


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("fit", ["contain", "cover"])
def test_it_looks_the_same(
    photograph: Path, mode: str, fit: Fit, counted: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    request = Request(photograph, 110, 40, mode=mode, fit=fit)

    assert decode.decode_to_cells(request) == late(request, monkeypatch)
    assert counted == [True]


@pytest.mark.parametrize("depth", ["grey", "256", "grey16"])
def test_in_other_colours(photograph: Path, depth: Depth, counted: list[bool], monkeypatch: pytest.MonkeyPatch) -> None:
    request = Request(photograph, 110, 40, mode="blocks", depth=depth)

    assert decode.decode_to_cells(request) == late(request, monkeypatch)
    assert counted == [True]


def test_a_grey_one(photograph: Path, counted: list[bool], monkeypatch: pytest.MonkeyPatch) -> None:
    Image.open(photograph).convert("L").save(photograph, quality=92)
    request = Request(photograph, 110, 40, mode="blocks")

    assert decode.decode_to_cells(request) == late(request, monkeypatch)
    assert counted == [True]


def test_a_progressive_one_comes_all_at_once(photograph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Image.open(photograph).save(photograph, quality=92, progressive=True)
    request = Request(photograph, 110, 40, mode="blocks")

    assert decode.decode_to_cells(request) == late(request, monkeypatch)


def test_a_turned_one_waits(photograph: Path, counted: list[bool]) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.open(photograph).save(photograph, quality=92, exif=exif)
    decode.decode_to_cells(Request(photograph, 110, 40, mode="blocks"))

    assert counted == []


def test_a_cut_one_is_shown_in_part_on_its_background(
    photograph: Path, counted: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    photograph.write_bytes(photograph.read_bytes()[:200_000])
    request = Request(photograph, 110, 40, mode="blocks", background="#204060")
    found = decode.decode_to_cells(request)

    assert found.remark == "truncated file, shown in part"
    assert found == late(request, monkeypatch)
    assert counted == [], "what was reduced early had no background yet"


def test_a_failure_of_the_thread_is_made_good(
    photograph: Path, counted: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    request = Request(photograph, 110, 40, mode="blocks")
    right = late(request, monkeypatch)

    def broken(self: Reduction, known: float = 0) -> None:
        monkeypatch.setattr(Reduction, "advance", advance)
        raise MemoryError(self, known)

    advance = Reduction.advance
    monkeypatch.setattr(Reduction, "advance", broken)

    assert decode.decode_to_cells(request) == right
    assert counted == [False]
