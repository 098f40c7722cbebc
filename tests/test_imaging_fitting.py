from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presenter.images.fit import FitResult, fit_box

SIDES = st.integers(1, 9000)
SIZES = st.tuples(SIDES, SIDES)
BOXES = st.tuples(st.integers(1, 400), st.integers(1, 400))
SHAPES = st.floats(0.7, 1.3)
FOCUSES = st.tuples(st.floats(0, 1), st.floats(0, 1))


@given(SIZES, BOXES, SHAPES)
def test_contain_fits_and_distorts_by_rounding_only(size: tuple[int, int], box: tuple[int, int], shape: float) -> None:
    placing = fit_box(size, box, shape=shape, fit="contain")

    assert 1 <= placing.width <= box[0]
    assert 1 <= placing.height <= box[1]
    assert placing.width == box[0] or placing.height == box[1]
    assert (placing.left, placing.top, placing.right, placing.bottom) == (0, 0, 1, 1)
    scale = min(box[0] * shape / size[0], box[1] / size[1])
    exact = size[0] * scale / shape, size[1] * scale
    assert abs(placing.width - exact[0]) <= 0.5 + 1e-6 or placing.width == 1
    assert abs(placing.height - exact[1]) <= 0.5 + 1e-6 or placing.height == 1


@given(SIZES, BOXES, SHAPES, FOCUSES)
def test_cover_fills_the_box_undistorted(
    size: tuple[int, int], box: tuple[int, int], shape: float, focus: tuple[float, float]
) -> None:
    placing = fit_box(size, box, shape=shape, fit="cover", focus=focus)

    assert (placing.width, placing.height) == box
    width, height = placing.right - placing.left, placing.bottom - placing.top
    assert min(placing.left, placing.top) >= 0
    assert max(placing.right, placing.bottom) <= 1 + 1e-9
    assert max(width, height) == pytest.approx(1)
    assert width * size[0] / (height * size[1]) == pytest.approx(box[0] * shape / box[1], rel=1e-6)


@given(SIZES, BOXES, FOCUSES)
def test_actual_never_scales(size: tuple[int, int], box: tuple[int, int], focus: tuple[float, float]) -> None:
    placing = fit_box(size, box, shape=1.0, fit="actual", focus=focus)

    assert (placing.width, placing.height) == (min(size[0], box[0]), min(size[1], box[1]))
    assert (placing.right - placing.left) * size[0] == pytest.approx(placing.width)
    assert (placing.bottom - placing.top) * size[1] == pytest.approx(placing.height)


def test_cover_keeps_the_focus_in_the_middle_where_it_can() -> None:
    placing = fit_box((300, 100), (100, 100), shape=1.0, fit="cover", focus=(0.4, 0.0))

    assert (placing.left + placing.right) / 2 == pytest.approx(0.4)


@pytest.mark.parametrize(("focus", "left"), [((0.0, 0.5), 0.0), ((1.0, 0.5), 2 / 3), ((0.1, 0.5), 0.0)])
def test_cover_stops_at_the_edges(focus: tuple[float, float], left: float) -> None:
    placing = fit_box((300, 100), (100, 100), shape=1.0, fit="cover", focus=focus)

    assert placing.left == pytest.approx(left)


def test_fill_takes_the_box_whatever_it_costs() -> None:
    assert fit_box((10, 1000), (80, 44), shape=1.0, fit="fill") == FitResult(80, 44)


def test_narrow_dots_take_more_of_them_across() -> None:
    square = fit_box((100, 100), (400, 90), shape=0.9, fit="contain")

    assert (square.width, square.height) == (100, 90)


def test_pixel_art_grows_by_whole_numbers() -> None:
    placing = fit_box((16, 16), (80, 44), shape=1.0, fit="contain", smooth=False)

    assert (placing.width, placing.height) == (32, 32)


def test_pixel_art_keeps_its_proportions_where_dots_are_not_square() -> None:
    placing = fit_box((16, 16), (80, 44), shape=0.9, fit="contain", smooth=False)

    assert (placing.width, placing.height) == (49, 44)
