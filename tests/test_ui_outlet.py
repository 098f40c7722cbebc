"""Whether what was written has gone out: asked before a picture is drawn."""

from __future__ import annotations

import io
from queue import Queue
from threading import Event, Thread

from textual.drivers._writer_thread import MAX_QUEUED_WRITES, WriterThread

from presenter.ui.outlet import Outlet


class Stuck(io.StringIO):
    """A terminal that takes in nothing until it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.may = Event()

    def flush(self) -> None:
        assert self.may.wait(20)
        super().flush()


def test_all_is_out_when_nothing_was_written() -> None:
    outlet = Outlet(io.StringIO())
    assert not outlet.behind()
    assert not outlet.when_free(lambda: None)
    outlet.write("a")
    assert outlet.behind()
    outlet.flush()
    assert not outlet.behind()
    assert outlet.getvalue() == "a"


def test_what_waits_to_be_written_counts() -> None:
    outlet = Outlet(io.StringIO())
    outlet.queue = Queue()
    outlet.queue.put("a")
    assert outlet.when_free(lambda: None)


def test_textuals_writer_tells_when_all_has_gone_out() -> None:
    file, free = Stuck(), Event()
    outlet = Outlet(file)
    writer = WriterThread(outlet)  # type: ignore[arg-type]  # it writes and flushes, no more
    outlet.queue = writer._queue  # noqa: SLF001 - as the driver does
    writer.start()
    writer.write("one")
    writer.write("two")
    assert outlet.when_free(free.set)
    assert not free.is_set()
    file.may.set()
    assert free.wait(20)
    assert file.getvalue() == "onetwo"
    writer.stop()
    assert not outlet.behind()


def test_the_call_is_never_lost_however_writing_and_asking_interleave() -> None:
    outlet = Outlet(io.StringIO())
    queue: Queue[str | None] = Queue(MAX_QUEUED_WRITES)
    outlet.queue = queue

    def write() -> None:
        while (text := queue.get()) is not None:
            outlet.write(text)
            if queue.qsize() == 0:
                outlet.flush()

    thread = Thread(target=write)
    thread.start()
    for _ in range(3000):
        queue.put("x")
        free = Event()
        if outlet.when_free(free.set):
            assert free.wait(20)
    queue.put(None)
    thread.join()
