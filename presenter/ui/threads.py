"""Work in a thread that a window can be left in the middle of."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from threading import Thread
from typing import TypeVar

T = TypeVar("T")


async def in_thread(work: Callable[[], T]) -> T:
    """Do work that may take long in a thread; return its result, raise what it raises.

    `asyncio.to_thread` keeps the program from ending until the work is done; a picture that takes long to decode, or a
    file on a server that does not answer, must not do so.
    """
    loop = asyncio.get_running_loop()
    outcome: asyncio.Future[T] = loop.create_future()

    def tell(result: T | None, error: BaseException | None) -> None:
        if outcome.done():
            return
        if error is not None:
            outcome.set_exception(error)
        else:
            outcome.set_result(result)  # type: ignore[arg-type]  # None only when T allows it

    def do() -> None:
        result, error = None, None
        try:
            result = work()
        except BaseException as caught:  # noqa: BLE001  whatever it is, whoever waits for the work is told
            error = caught
        with suppress(RuntimeError):  # the window is gone
            loop.call_soon_threadsafe(tell, result, error)

    Thread(target=do, name="presenter-work", daemon=True).start()
    return await outcome
