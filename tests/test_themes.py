from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.color import Color, ColorSystem

from presenter.safety import is_clean
from presenter.themes import (
    CODE_COLORS,
    COLOR_NAMES,
    DEFAULT,
    TEXT_COLORS,
    THEMES,
    Theme,
    ThemeError,
    ansi16,
    contrast,
    find_theme,
    low_contrast,
    luminance,
    theme_errors,
    theme_from,
)
from presenter.themes.ansi16 import PALETTE

ALL = pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)
SIXTEEN = pytest.mark.parametrize("theme", [ansi16(theme) for theme in THEMES.values()], ids=lambda theme: theme.name)
BLACK, WHITE = "#000000", "#ffffff"
hexes = st.from_regex(r"#[0-9a-f]{6}", fullmatch=True)


def colour(theme: Theme, name: str) -> str:
    return str(getattr(theme, name))


def downgraded(value: str, system: ColorSystem) -> str:
    return Color.parse(value).downgrade(system).get_truecolor().hex


# --- the formula


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (BLACK, WHITE, 21.0),
        (WHITE, WHITE, 1.0),
        # The best known grey on white, and its neighbour that just fails.
        ("#767676", WHITE, 4.54),
        ("#777777", WHITE, 4.48),
        ("#ff0000", WHITE, 4.0),
        ("#0000ff", WHITE, 8.59),
        ("#00ff00", BLACK, 15.3),
    ],
)
def test_contrast_gives_the_published_values(a: str, b: str, expected: float) -> None:
    assert contrast(a, b) == pytest.approx(expected, abs=0.005)


@given(hexes, hexes)
def test_contrast_has_no_order_and_stays_in_its_range(a: str, b: str) -> None:
    assert contrast(a, b) == contrast(b, a)
    assert 1 <= contrast(a, b) <= 21.000001


@given(hexes)
def test_luminance_grows_towards_white(value: str) -> None:
    assert luminance(BLACK) <= luminance(value) <= luminance(WHITE)


# --- the built-in themes


def test_there_are_themes_for_every_need() -> None:
    assert {"dark", "light", "contrast-dark", "contrast-light", "okabe"} < set(THEMES)
    assert len(THEMES) >= 9
    assert DEFAULT is THEMES["dark"]
    assert {theme.dark for theme in THEMES.values()} == {True, False}


@ALL
def test_theme_is_written_as_its_fields_say(theme: Theme) -> None:
    assert all(re.fullmatch(r"#[0-9a-f]{6}", colour(theme, name)) for name in COLOR_NAMES)
    assert theme.about.endswith(".")
    assert len(theme.about) <= 90
    assert theme.dark == (contrast(theme.background, WHITE) > contrast(theme.background, BLACK))


@ALL
@pytest.mark.parametrize("name", TEXT_COLORS)
def test_text_is_readable_on_background_and_panel(theme: Theme, name: str) -> None:
    least = 7.0 if theme.name.startswith("contrast-") else 4.5
    assert contrast(colour(theme, name), theme.background) >= least
    assert contrast(colour(theme, name), theme.panel) >= least


@ALL
def test_panel_stands_off_the_background_without_shouting(theme: Theme) -> None:
    assert 1.1 <= contrast(theme.panel, theme.background) <= 2


@ALL
def test_muted_is_quieter_than_text_and_the_title_loudest(theme: Theme) -> None:
    muted, text, title = (contrast(colour(theme, name), theme.background) for name in ("muted", "text", "title"))
    assert muted < text <= title
    assert contrast(theme.muted, theme.text) >= 1.5


@ALL
def test_no_two_themes_look_the_same(theme: Theme) -> None:
    others = [other for other in THEMES.values() if other is not theme]
    assert all((other.background, other.accent) != (theme.background, theme.accent) for other in others)


@ALL
def test_256_colours_keep_text_readable(theme: Theme) -> None:
    behind = downgraded(theme.background, ColorSystem.EIGHT_BIT)
    panel = downgraded(theme.panel, ColorSystem.EIGHT_BIT)
    for name in TEXT_COLORS:
        assert contrast(downgraded(colour(theme, name), ColorSystem.EIGHT_BIT), behind) >= 3, name
        assert contrast(downgraded(colour(theme, name), ColorSystem.EIGHT_BIT), panel) >= 3, name


# --- colour vision

# Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color Vision Deficiency", 2009:
# the matrices for severity 1.0, applied to linear light.
VISION = {
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.3039)),
}
# Linear sRGB to XYZ with the D65 white point (IEC 61966-2-1), rows divided by the white's X, Y, Z.
XYZ = ((0.433953, 0.376219, 0.189828), (0.212671, 0.71516, 0.072169), (0.017758, 0.109477, 0.872766))


def times(matrix: Sequence[Sequence[float]], vector: Sequence[float]) -> list[float]:
    return [sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix]


def lab(value: str, vision: str) -> tuple[float, float, float]:
    """CIE 1976 L*a*b* of a colour as somebody with that vision sees it."""
    light = [luminance(f"#{value[at : at + 2] * 3}") for at in (1, 3, 5)]  # a grey's luminance is its channel's light
    seen = [min(1.0, max(0.0, channel)) for channel in times(VISION[vision], light)]
    x, y, z = (t ** (1 / 3) if t > 216 / 24389 else (24389 / 27 * t + 16) / 116 for t in times(XYZ, seen))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def distance(a: str, b: str, vision: str) -> float:
    return float(sum((p - q) ** 2 for p, q in zip(lab(a, vision), lab(b, vision), strict=True)) ** 0.5)


@pytest.mark.parametrize("vision", VISION)
@pytest.mark.parametrize("group", [("good", "warn", "bad"), ("accent", "second"), ("text", "muted")])
def test_okabe_is_told_apart_with_any_colour_vision(vision: str, group: tuple[str, ...]) -> None:
    theme = find_theme("okabe")
    for a, b in combinations(group, 2):
        assert distance(colour(theme, a), colour(theme, b), vision) >= 20, (a, b)


def test_red_and_green_of_equal_light_are_near_for_a_deuteranope() -> None:
    """The measure itself: what it is for must be seen by it."""
    assert distance("#b3563c", "#75731f", "deuteranopia") < 20 < distance("#d55e00", "#009e73", "deuteranopia")


# --- sixteen colours


def test_the_sixteen_are_those_rich_chooses_from() -> None:
    numbers = [Color.parse(value).downgrade(ColorSystem.STANDARD).number for value in PALETTE]
    assert numbers == list(range(16))


@SIXTEEN
def test_sixteen_colours_survive_the_terminal_exactly(theme: Theme) -> None:
    assert all(PALETTE.index(colour(theme, name)) >= 0 for name in COLOR_NAMES)
    assert all(downgraded_number(theme, name) == PALETTE.index(colour(theme, name)) for name in COLOR_NAMES)


def downgraded_number(theme: Theme, name: str) -> int | None:
    return Color.parse(colour(theme, name)).downgrade(ColorSystem.STANDARD).number


@SIXTEEN
def test_sixteen_colours_are_readable(theme: Theme) -> None:
    behind = downgraded_number(theme, "background")
    assert all(downgraded_number(theme, name) != behind for name in TEXT_COLORS)
    assert not low_contrast(theme)
    assert theme.muted != theme.text


@pytest.mark.parametrize(
    "theme", [ansi16(find_theme("dark")), ansi16(find_theme("light"))], ids=lambda theme: theme.name
)
def test_sixteen_colours_avoid_what_palettes_disagree_on(theme: Theme) -> None:
    used = {downgraded_number(theme, name) for name in TEXT_COLORS}
    assert not used & ({1, 4, 5, 8} if theme.dark else {2, 3, 6, 7, 10, 11, 14})


def test_sixteen_keeps_the_side_and_says_so_in_its_name() -> None:
    assert [ansi16(find_theme(name)).dark for name in ("midnight", "paper")] == [True, False]
    assert ansi16(find_theme("paper")).name == "paper-16"
    assert ansi16(find_theme("paper")).about == find_theme("paper").about


# --- by name


@pytest.mark.parametrize("name", THEMES)
def test_find_gives_the_theme_of_that_name(name: str) -> None:
    assert find_theme(name).name == name


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("drak", 'unknown theme "drak"; did you mean "dark"?'),
        ("Midnight", 'unknown theme "Midnight"; did you mean "midnight"?'),
        ("zzz", 'unknown theme "zzz"; there are: dark, light, '),
        ("red; } * {", 'unknown theme "red; } * {"; there are: '),
        ("a\x1b[2Jb", 'unknown theme "a␛[2Jb"; '),
        ("x" * 500, f'unknown theme "{"x" * 39}…"; '),
        ("", 'unknown theme ""; there are: '),
    ],
)
def test_find_says_what_was_meant(name: str, words: str) -> None:
    with pytest.raises(ThemeError) as caught:
        find_theme(name)
    assert caught.value.key == ""
    assert caught.value.words.startswith(words)
    assert str(caught.value) == caught.value.words


# --- a deck's own colours


def test_nothing_said_is_the_default_under_a_name_of_its_own() -> None:
    assert theme_from({}) == replace(DEFAULT, name="own", about="The deck's own colours.")


def test_own_colours_change_the_base_and_nothing_else() -> None:
    theme = theme_from({"base": "paper", "name": "our-house", "accent": "#A1B2C3", "link": "#abc"})
    expected = replace(find_theme("paper"), name="our-house", about=theme.about, accent="#a1b2c3", link="#aabbcc")
    assert theme == expected


@pytest.mark.parametrize(
    ("background", "dark"), [("#000", True), ("#777777", False), ("#747474", True), ("#fff", False)]
)
def test_own_background_decides_dark_or_light(background: str, dark: bool) -> None:
    theme = theme_from({"base": "dark", "background": background})
    assert theme.dark is dark
    assert theme.dark == (contrast(theme.background, WHITE) > contrast(theme.background, BLACK))


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"acent": "#fff"}, 'unknown field "acent" in the theme; did you mean "accent"?'),
        ({"dark": "true"}, 'unknown field "dark" in the theme; '),
        ({"about": "x"}, 'unknown field "about" in the theme; there are: base, name, font, background, '),
        ({"base": "papr"}, 'unknown theme "papr"; did you mean "paper"?'),
        ({"accent": ""}, "accent is empty: to YAML an unquoted # begins a comment; "),
        ({"accent": "red"}, '"red" is not a colour; write accent: "#rgb" or "#rrggbb" '),
        ({"accent": "#ffff"}, '"#ffff" is not a colour; '),
        ({"accent": "#ffffff\n"}, '"#ffffff" is not a colour; '),
        ({"accent": "#\uff11\uff12\uff13"}, '"#\uff11\uff12\uff13" is not a colour; '),
        ({"text": "red; } * {"}, '"red; } * {" is not a colour; '),
        ({"name": "dark"}, '"dark" is a built-in theme; give yours another name '),
        ({"name": "Our House"}, '"Our House" cannot be a theme\'s name; '),
        ({"name": ""}, '"" cannot be a theme\'s name; '),
    ],
)
def test_own_colours_that_are_none_are_told(values: dict[str, str], words: str) -> None:
    with pytest.raises(ThemeError) as caught:
        theme_from(values)
    assert caught.value.key == next(iter(values))
    assert caught.value.words.startswith(words)


def test_all_faults_are_told_in_order() -> None:
    found = theme_errors({"text": "nope", "base": "dark", "titel": "#fff", "link": "#fff", "name": "light"})
    assert [fault.key for fault in found] == ["text", "titel", "name"]


@given(st.dictionaries(st.sampled_from(["base", "name", *COLOR_NAMES]) | st.text(max_size=8), st.text(max_size=9)))
def test_a_theme_is_made_or_its_first_fault_raised(values: dict[str, str]) -> None:
    found = theme_errors(values)
    if found:
        with pytest.raises(ThemeError, match=re.escape(found[0].words)) as caught:
            theme_from(values)
        assert caught.value.key == found[0].key
        assert is_clean(found[0].words)
    else:
        theme = theme_from(values)
        assert all(re.fullmatch("#[0-9a-f]{6}", colour(theme, name)) for name in COLOR_NAMES)


def test_low_contrast_names_the_pairs() -> None:
    weak = replace(DEFAULT, accent=DEFAULT.background, comment=DEFAULT.panel)
    assert [(name, behind) for name, behind, _ in low_contrast(weak)] == [
        ("accent", "background"),
        ("comment", "background"),
        ("comment", "panel"),
    ]
    assert low_contrast(weak)[0][2] == 1
    assert set(CODE_COLORS) < set(TEXT_COLORS)
