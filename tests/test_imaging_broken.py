from __future__ import annotations

import errno
import os
import socket
import struct
import warnings
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from hostile import arithmetic_jpeg
from imaging_cells import dots
from presenter import safety
from presenter.images import PictureError, Request, draw, inspect, verify

BACKGROUND = (0x10, 0x20, 0x30)
READERS: list[Callable[[Path], object]] = [lambda path: draw(Request(path, 20, 10)), inspect, verify]


def reason(path: Path, read: Callable[[Path], object] = READERS[0]) -> str:
    with pytest.raises(PictureError) as caught:
        read(path)
    assert safety.is_clean(caught.value.reason)
    assert str(caught.value) == caught.value.reason
    return caught.value.reason


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(width: int, height: int, bits: int = 8, colours: int = 2, data: bytes = b"") -> bytes:
    head = struct.pack(">IIBBBBB", width, height, bits, colours, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(data)) + chunk(b"IEND", b"")


def photo(size: tuple[int, int] = (240, 240)) -> Image.Image:
    return Image.merge("RGB", [Image.effect_noise(size, 40) for _ in range(3)])


@pytest.mark.parametrize("read", READERS, ids=["draw", "inspect", "verify"])
@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        (b"", "the file is empty"),
        (b"Dear diary, this is no picture.\n" * 50, "not a picture this program knows (PNG, JPEG, GIF, WebP, BMP)"),
        (b"BMW is a maker of cars, and these are words", "not a picture this program knows"),
        (b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>', "SVG is not supported; export it as PNG"),
        (b"\xef\xbb\xbf  <SVG/>", "SVG is not supported"),
        (b"\0\0\0\x20ftypheic\0\0\0\0mif1heic", "HEIC is not supported"),
        (b"\0\0\0\x20ftypavif\0\0\0\0", "AVIF is not supported"),
        (b"\0\0\0\x20ftypisom\0\0\0\0", "not a picture this program knows"),
        (b"II*\0\x08\0\0\0", "TIFF is not supported"),
        (b"%PDF-1.7", "PDF is not supported"),
        (b"\x89PNG\r\n\x1a\n", "broken file"),
        (b"\xff\xd8\xff\xe0", "broken file"),
        (b"GIF89a", "broken file"),
        (b"RIFF\xff\xff\0\0WEBPVP8 ", "broken file: it ends too early"),
        (b"BM" + bytes(12) + b"\x28\0\0\0" + bytes(4), "broken file"),
    ],
)
def test_what_is_no_picture(tmp_path: Path, read: Callable[[Path], object], content: bytes, wanted: str) -> None:
    path = tmp_path / "picture.png"
    path.write_bytes(content)

    assert reason(path, read).startswith(wanted)


@pytest.mark.parametrize("read", READERS, ids=["draw", "inspect", "verify"])
def test_a_missing_file(tmp_path: Path, read: Callable[[Path], object]) -> None:
    assert reason(tmp_path / "none.png", read) == "file not found"
    assert reason(tmp_path / "none.png" / "below.png", read) == "file not found"
    assert reason(tmp_path / ("long" * 100), read) == "the file name is too long"
    assert reason(tmp_path / "nul\0byte.png", read) == "file not found"


@pytest.mark.parametrize("read", READERS, ids=["draw", "inspect", "verify"])
def test_what_is_no_regular_file(
    tmp_path: Path, read: Callable[[Path], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(tmp_path / "pipe.png")
    monkeypatch.chdir(tmp_path)  # the path of a socket has to be short
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket.png")

        assert reason(tmp_path / "socket.png", read) == "not a regular file (a socket)"
    assert reason(tmp_path / "pipe.png", read) == "not a regular file (a named pipe)"
    assert reason(tmp_path, read) == "not a regular file (a folder)"
    assert reason(Path("/dev/zero"), read) == "not a regular file (a device)"


def test_what_may_not_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number, wanted in ((errno.EACCES, "no permission to read it"), (errno.EIO, "it cannot be read: Input")):
        error = OSError(number, os.strerror(number), "\x1b[2J.png")

        def refuse(*_: object, error: OSError = error) -> int:
            raise error

        path = tmp_path / f"{number}.png"
        photo().save(path)
        with monkeypatch.context() as context:
            context.setattr("os.open", refuse)
            assert reason(path).startswith(wanted)


def test_a_link_put_in_the_place_of_a_file_is_not_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    photo().save(tmp_path / "real.png")
    (tmp_path / "link.png").symlink_to(tmp_path / "real.png")

    assert reason(tmp_path / "link.png").startswith("it became a link")

    monkeypatch.setattr("os.lstat", os.stat)  # as if it was put there right after the look
    assert reason(tmp_path / "link.png", verify).startswith("it became a link")


def test_no_permission(somebody: Path) -> None:
    path = somebody / "secret.png"
    photo().save(path)
    path.chmod(0)

    assert reason(path) == "no permission to read it"
    path.chmod(0o600)
    assert draw(Request(path, 20, 10)) is not None


@pytest.mark.parametrize("read", READERS, ids=["draw", "inspect", "verify"])
@pytest.mark.parametrize(("side", "bits", "colours"), [(30_000, 1, 0), (12_000, 8, 2), (7_000, 8, 2)])
def test_huge_pictures_are_refused_by_their_header(
    tmp_path: Path, read: Callable[[Path], object], side: int, bits: int, colours: int
) -> None:
    path = tmp_path / "huge.png"
    path.write_bytes(png(side, side, bits, colours))

    with warnings.catch_warnings():
        warnings.simplefilter("error")

        assert reason(path, read) == f"too large: {side} x {side} pixels (limit 40 megapixels)"


def test_a_frame_larger_than_its_gif_counts_too(tmp_path: Path) -> None:
    path = tmp_path / "outgrown.gif"
    screen = b"GIF89a" + struct.pack("<HHBBB", 1, 1, 0, 0, 0)
    path.write_bytes(screen + b"\x2c" + struct.pack("<HHHHB", 0, 0, 60_000, 60_000, 0) + b"\2\2\x44\1\0\x3b")

    assert reason(path).startswith("too large")


def test_huge_files_are_not_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.png"
    with path.open("wb") as file:
        file.truncate(31_200_000)

    assert reason(path) == "25 MB limit: 31.2 MB"


def test_a_compressed_bmp_that_would_take_long(tmp_path: Path) -> None:
    path = tmp_path / "slow.bmp"
    head = struct.pack("<IiiHHIIiiII", 40, 5000, 5000, 1, 8, 1, 0, 0, 0, 256, 0)
    path.write_bytes(b"BM" + struct.pack("<IHHI", 2000, 0, 0, 1078) + head + bytes(1024 + 900))

    assert "compressed BMP" in reason(path)


@pytest.mark.parametrize("progressive", [True, False])
def test_a_jpeg_with_endless_scans(tmp_path: Path, progressive: bool) -> None:
    path = tmp_path / "scans.jpg"
    photo().save(path, progressive=progressive)
    data = path.read_bytes()
    last = data.rindex(b"\xff\xda")
    path.write_bytes(data[:-2] + data[last:-2] * 200 + data[-2:])

    assert "scans takes too long" in reason(path)


@pytest.mark.parametrize(("side", "most"), [(600, 100), (6000, 16)])
def test_an_arithmetic_coded_jpeg_with_endless_scans(tmp_path: Path, side: int, most: int) -> None:
    path = tmp_path / "scans.jpg"
    path.write_bytes(arithmetic_jpeg(side, most))
    assert verify(path).remark == ""

    path.write_bytes(arithmetic_jpeg(side, most + 1))
    assert f"of {most + 1} scans takes too long (limit {most} at its size)" in reason(path)


def test_what_follows_a_jpeg_is_not_counted_as_scans(tmp_path: Path) -> None:
    """Phones append a film, whose bytes may look like markers."""
    path = tmp_path / "film.jpg"
    photo().save(path)
    path.write_bytes(path.read_bytes() + b"\xff\xda\0\x02" * 500)

    assert verify(path).remark == ""


@pytest.mark.parametrize(
    ("name", "progressive"), [("cut.png", False), ("cut.jpg", False), ("progressive.jpg", True), ("cut.gif", False)]
)
def test_a_truncated_file_shows_the_part_there_is(tmp_path: Path, name: str, progressive: bool) -> None:
    path = tmp_path / name
    image = Image.new("RGB", (240, 240), (250, 250, 250))
    image.paste(photo((240, 230)), (0, 10))
    image.save(path, progressive=progressive, interlace=0)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])

    picture = draw(Request(path, 20, 10, background="#102030"))

    assert picture is not None
    assert picture.remark == verify(path).remark == "truncated file, shown in part"
    grid = dots(picture)
    assert min(grid[0][5]) > 150
    if not progressive:  # a progressive file has all of the picture, coarsely
        assert grid[-1] == [BACKGROUND] * 20


def test_a_whole_file_has_no_remark_whatever_follows_it(tmp_path: Path) -> None:
    for name, progressive in (("a.jpg", False), ("b.jpg", True), ("c.png", False), ("d.gif", False)):
        photo().save(tmp_path / name, progressive=progressive)
        (tmp_path / name).write_bytes((tmp_path / name).read_bytes() + b"junk" * 100)

        assert verify(tmp_path / name).remark == ""


def test_a_damaged_middle_shows_what_came_before(tmp_path: Path) -> None:
    path = tmp_path / "damaged.png"
    photo().save(path)
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 40] = bytes(40)
    path.write_bytes(data)

    assert verify(path).remark == "broken file, shown in part"


def test_nothing_decoded_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "hollow.png"
    path.write_bytes(png(100, 100)[:60])

    assert reason(path).startswith("broken file")
    assert reason(path, verify).startswith("broken file")


def test_a_truncated_webp(tmp_path: Path) -> None:
    path = tmp_path / "cut.webp"
    photo().save(path)
    path.write_bytes(path.read_bytes()[:-500])

    assert reason(path) == "broken file: it ends too early"


def test_escapes_in_metadata_are_not_shown(tmp_path: Path) -> None:
    info = PngInfo()
    info.add_text("Title\x1b[2J", "\x1b]0;owned\x07" * 10)
    path = tmp_path / "told.png"
    photo().save(path, pnginfo=info)
    path.write_bytes(path.read_bytes().replace(b"IDAT", b"ID\x1b[", 1))

    assert "\x1b" not in reason(path)


def test_broken_metadata_prints_nothing_and_harms_nothing(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "told.jpg"
    entry = struct.pack("<HHHII", 1, 0x010F, 2, 5000, 60_000)  # a maker's name of 5000 letters past the end
    photo().save(path, exif=b"Exif\0\0II*\0\x08\0\0\0" + entry)

    with warnings.catch_warnings():
        warnings.simplefilter("default")

        assert draw(Request(path, 20, 10)) is not None
    assert capfd.readouterr() == ("", "")


@pytest.fixture(scope="module")
def garbled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("garbled")


@settings(max_examples=120, deadline=None)
@given(
    suffix=st.sampled_from(["png", "jpg", "gif", "webp", "bmp"]),
    changes=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=8),
    length=st.floats(0.02, 1),
)
def test_garbled_files_are_shown_or_refused_in_words(
    garbled: Path, suffix: str, changes: list[tuple[float, int]], length: float
) -> None:
    source = garbled / f"source.{suffix}"
    if not source.exists():
        photo((40, 30)).save(source)
    data = bytearray(source.read_bytes())
    for place, value in changes:
        data[int(place * len(data))] = value
    path = garbled / f"garbled.{suffix}"
    path.write_bytes(data[: max(1, int(length * len(data)))])

    reasons = []
    for read in READERS:
        try:
            read(path)
        except PictureError as error:
            reasons.append(error.reason)

    assert all(safety.is_clean(words) and len(words) < 200 for words in reasons)
