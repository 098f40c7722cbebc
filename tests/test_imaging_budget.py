"""The memory of all decoders together, and of pictures that claim to be large."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from threading import Event, Thread

import pytest

from hostile import gif, webp
from presenter.images import PictureError, Request, frames
from presenter.images.animation import Animation
from presenter.images.decode import decode_to_cells
from presenter.images.memory_budget import BUDGET, MOVING, Budget


def opened(path: Path) -> Animation:
    found = frames(Request(path, 10, 5))
    assert found is not None
    return found


def lend(budget: Budget, size: int) -> tuple[Thread, Event, Event]:
    """Lend room in a thread until the second event is set; the first one says that it is lent."""
    lent, done = Event(), Event()

    def work() -> None:
        with budget.room(size):
            lent.set()
            done.wait(20)

    thread = Thread(target=work)
    thread.start()
    return thread, lent, done


def test_room_is_waited_for_and_comes_back() -> None:
    budget = Budget(100)
    first, lent, done = lend(budget, 70)
    assert lent.wait(20)
    second, later, end = lend(budget, 40)
    assert not later.wait(0.1)
    assert budget.wanted
    assert not budget.take(10), "stills come first"
    done.set()
    assert later.wait(20)
    assert budget.take(60)
    assert not budget.take(1)
    budget.give_back(60)
    end.set()
    first.join()
    second.join()
    assert budget.lent == 0


def test_what_is_larger_than_everything_is_decoded_alone() -> None:
    budget = Budget(100)
    with budget.room(1_000):
        assert budget.lent == 100
    assert budget.lent == 0


def test_room_comes_back_after_a_failure() -> None:
    budget = Budget(100)
    with pytest.raises(LookupError), budget.room(50):
        raise LookupError
    assert budget.lent == 0


@pytest.mark.parametrize("write", [webp, gif])
def test_an_animation_gives_its_memory_back_when_its_slide_is_left_and_goes_on_later(
    tmp_path: Path, write: type[object]
) -> None:
    animation = opened(write(tmp_path / "moving", 1000))  # type: ignore[call-arg, arg-type]  # both take these
    assert animation.advance()
    assert animation.advance()
    assert BUDGET.lent == MOVING * 1_000_000
    animation.pause()
    assert BUDGET.lent == 0
    assert [animation.advance() for _ in range(4)] == [True, True, False, False]
    assert BUDGET.lent == 0
    assert animation.complete
    whole = frames(Request(tmp_path / "moving", 11, 5))
    assert whole is not None
    while whole.advance():
        pass
    assert [animation.at(each / 20) is None for each in range(9)] == [False] * 9
    at = [[(found.until if (found := one.at(each / 20)) else -1) for each in range(9)] for one in (animation, whole)]
    assert at[0] == at[1], "as if it had never paused"


def test_animations_wait_for_one_another_and_for_stills(tmp_path: Path) -> None:
    first, other, second = (opened(webp(tmp_path / f"{name}.webp", 2_640)) for name in "abc")
    assert first.advance()
    assert other.advance()
    assert second.advance()
    assert second.at(0.0) is None, "no memory for it yet"
    assert first.at(0.0) is not None
    still, lent, done = lend(BUDGET, 250_000_000)
    assert not lent.wait(0.05)
    assert first.advance()
    assert other.advance()
    assert lent.wait(20), "the animations have given way"
    done.set()
    still.join()
    for animation in (first, other, second):
        while animation.advance():
            pass
    assert second.at(0.0) is not None
    assert BUDGET.lent == 0


def test_a_film_that_is_too_large_to_move(tmp_path: Path) -> None:
    with pytest.raises(PictureError, match=r"too large: 3200 x 3200 pixels \(limit 7 megapixels for"):
        decode_to_cells(Request(webp(tmp_path / "large.webp", 3200), 10, 5))
    found = decode_to_cells(Request(gif(tmp_path / "large.gif", 3200), 10, 5))
    assert found.columns
    assert not found.moving
    assert found.remark == "too large to move (limit 7 megapixels for pictures that move)"
    assert frames(Request(tmp_path / "large.gif", 10, 5)) is None


PROGRAM = """
import resource, sys
from pathlib import Path
from presenter.images import PictureError, Request, frames
from presenter.images.decode import decode_to_cells
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
found = []
for name in sys.argv[1:]:
    try:
        request = Request(Path(name), 40, 20)
        decode_to_cells(request)
        found.append(frames(request))
    except PictureError:
        pass
while any([each.advance() for each in found if each]):
    pass
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the unit of memory differs")
@pytest.mark.parametrize("side", [2640, 6300])
def test_many_small_files_of_large_films_stay_within_the_memory(tmp_path: Path, side: int) -> None:
    paths = [webp(tmp_path / f"{number}.webp", side) for number in range(6)]
    assert max(path.stat().st_size for path in paths) < 1_000
    command = [sys.executable, "-c", PROGRAM, *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert int(done.stdout) < 256, "megabytes"
