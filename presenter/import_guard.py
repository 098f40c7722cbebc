"""What is kept out of the program because it is large and not needed: OpenSSL, 4 MB."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_modules(*names: str) -> Iterator[None]:
    """Have modules load without others that they can do without; whoever asks for these afterwards gets them."""
    modules: dict[str, object] = sys.modules  # type: ignore[assignment]  # None there means: not to be found
    absent = [name for name in names if name not in modules]
    modules.update(dict.fromkeys(absent))
    try:
        yield
    finally:
        for name in absent:
            del modules[name]


def sha256(data: bytes) -> str:
    """Return the SHA-256 of data in hex digits, from Python's own code where it has that."""
    try:
        with without_modules("_hashlib"):
            import hashlib  # noqa: PLC0415 - it decides for OpenSSL or against when it is loaded

            return hashlib.sha256(data).hexdigest()
    except (ImportError, AttributeError, ValueError):  # this Python has been built with OpenSSL's alone
        sys.modules.pop("hashlib", None)
        import hashlib  # noqa: PLC0415 - as above

        return hashlib.sha256(data).hexdigest()
