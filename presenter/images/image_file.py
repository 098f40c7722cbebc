"""Opening a picture file without waiting on it, following a link or reading more than is allowed."""

from __future__ import annotations

import errno
import io
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Final

from presenter import safety
from presenter.images.file_copies import SPARES, Identity, Spare, identity_of
from presenter.images.types import PictureError
from presenter.safe_open import open_resolved

MEGA: Final = 1_000_000
_KINDS: Final = {
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}
_REASONS: Final = {
    errno.ENOENT: "file not found",
    errno.ENOTDIR: "file not found",
    errno.EACCES: "no permission to read it",
    errno.EPERM: "no permission to read it",
    errno.ELOOP: "it became a link; save the deck to have the new place checked",
    errno.ENAMETOOLONG: "the file name is too long",
}
_JPEG_END: Final = b"\xff\xd9"
_JPEG_ENDS: Final = 4


class ImageReader(io.BufferedReader):
    """A picture file being read, which knows whether more was wanted than there is.

    Attributes:
        size: bytes in the file when it was opened.
        short: a read met the end of the file.
        ends: how often to answer a read at the end with the marker that closes a JPEG, so that its decoder hands
            over what it has.
        watch: called before every read: the decoder has done with what it was given.
    """

    def __init__(self, raw: io.RawIOBase, size: int) -> None:
        super().__init__(raw)
        self.size = size
        self.short = False
        self.ends = 0
        self.watch: Callable[[], None] | None = None
        self._early = False

    def close_early(self) -> None:
        """From now on a file that ends in the middle of a JPEG looks like one that was closed there."""
        self._early = True
        self.ends = _JPEG_ENDS

    @property
    def closed_early(self) -> bool:
        """Say whether the closing marker had to be added."""
        return self._early and self.ends < _JPEG_ENDS

    def read(self, size: int | None = -1, /) -> bytes:
        """Read as any file does, never past what the file had when it was opened."""
        if self.watch is not None:
            self.watch()
        left = max(0, self.size - self.tell())
        wanted = left if size is None or size < 0 else size
        data = super().read(min(wanted, left))
        if len(data) < wanted:
            self.short = True
            if not data and self.ends:
                self.ends -= 1
                return _JPEG_END
        return data


class _Bytes(io.RawIOBase):
    """A copy of a file in memory, read like a file."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self._view = memoryview(data)
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, into: bytearray) -> int:  # type: ignore[override]  # any buffer
        part = self._view[self._at : self._at + len(into)]
        into[: len(part)] = part
        self._at += len(part)
        return len(part)

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        start = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: len(self._view)}[whence]
        self._at = max(0, start + offset)
        return self._at

    def tell(self) -> int:
        return self._at


def _reason(error: OSError | ValueError) -> str:
    if isinstance(error, ValueError):
        return "file not found"  # a name that no file can have
    return _REASONS.get(error.errno or 0) or f"it cannot be read: {safety.clean_line(error.strerror or 'unknown')}"


def _check(status: os.stat_result) -> None:
    if stat.S_ISLNK(status.st_mode):
        raise PictureError(_REASONS[errno.ELOOP])
    if not stat.S_ISREG(status.st_mode):
        kind = _KINDS.get(stat.S_IFMT(status.st_mode))
        raise PictureError(f"not a regular file ({kind})" if kind else "not a regular file")
    if status.st_size > safety.MAX_PICTURE_BYTES:
        raise PictureError(f"{safety.MAX_PICTURE_BYTES // MEGA} MB limit: {status.st_size / MEGA:.1f} MB")
    if not status.st_size:
        raise PictureError("the file is empty")


def _copy(spare: Spare) -> ImageReader:
    return ImageReader(_Bytes(spare.data), len(spare.data))


def file_identity(path: Path) -> Identity:
    """Return what tells this state of the file from the next; raise PictureError when there is no such file."""
    try:
        return identity_of(os.lstat(path))
    except (OSError, ValueError) as error:
        if spare := SPARES.instead(path, error):
            return spare.identity
        raise PictureError(_reason(error)) from None


def open_picture(path: Path) -> ImageReader:
    """Open a regular file of at most `safety.MAX_PICTURE_BYTES`; raise PictureError for anything else, at once.

    A copy in memory is read instead where there is one: a disk that was pulled out may still answer for its names.
    """
    try:
        # Looking first spares devices the open, which alone makes some of them act.
        found = os.lstat(path)
        _check(found)
        if spare := SPARES.same(path, identity_of(found)):
            return _copy(spare)
        descriptor = open_resolved(path)
    except (OSError, ValueError) as error:
        if spare := SPARES.instead(path, error):
            return _copy(spare)
        raise PictureError(_reason(error)) from None
    try:
        status = os.fstat(descriptor)
        _check(status)
        return ImageReader(io.FileIO(descriptor, "rb"), status.st_size)
    except BaseException:
        os.close(descriptor)
        raise
