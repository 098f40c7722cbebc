"""Work in threads: what it returns and raises, and that nothing of it keeps the program from ending."""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

import presenter
from presenter.ui.threads import in_thread

PROGRAM = """
import asyncio, time
from presenter.ui.threads import in_thread
async def main():
    asyncio.create_task(in_thread(lambda: time.sleep(600)))
    await asyncio.sleep(0.1)
asyncio.run(main())
print("ended")
"""


def test_a_result_and_an_error_come_back() -> None:
    def fail() -> int:
        raise LookupError("away")

    assert asyncio.run(in_thread(lambda: 7)) == 7
    with pytest.raises(LookupError, match="away"):
        asyncio.run(in_thread(fail))


def test_the_window_goes_on_meanwhile() -> None:
    async def both() -> list[str]:
        order: list[str] = []

        async def slow() -> None:
            await in_thread(lambda: time.sleep(0.2))
            order.append("slow")

        task = asyncio.create_task(slow())
        await asyncio.sleep(0.01)
        order.append("quick")
        await task
        return order

    assert asyncio.run(both()) == ["quick", "slow"]


def test_work_that_is_given_up_tells_nobody() -> None:
    async def give_up() -> None:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(in_thread(lambda: time.sleep(0.1)), 0.01)
        await asyncio.sleep(0.2)

    asyncio.run(give_up())


def test_work_that_goes_on_does_not_keep_the_program_from_ending() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, timeout=30, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "ended\n", "")


def test_no_other_thread_is_waited_for() -> None:
    """Only the watcher of files is, which is told to stop first."""
    root = Path(presenter.__file__).parent
    waited = re.compile(
        r"to_thread\((?!next, found)|run_in_executor|thread=True|PoolExecutor\(|Thread\((?![^\n]*daemon=True)"
    )
    found = [
        f"{path.relative_to(root)}: {match[0]}"
        for path in sorted(root.rglob("*.py"))
        for match in waited.finditer(path.read_text(encoding="utf-8"))
    ]
    assert found == []
