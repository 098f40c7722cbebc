"""From a key to a command: names of keys, the reader's own keys, held keys, search."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presenter.session.bindings import Bindings, markdown_table
from presenter.session.commands import COMMANDS, TYPE, modes
from presenter.session.key_repeat import REPEAT_INTERVAL, KeyRepeat
from presenter.session.keymap import MAX_CONFIG_BYTES, KeymapError, load_keymap
from presenter.session.keys import UnknownKeyError, format_key, is_modifier, normalize_key, parse_key
from presenter.session.search import Index, Page, find_folded, fold_case
from presenter.session.state import State


@pytest.mark.parametrize(
    ("written", "key", "shown"),
    [
        ("PageDown", "pagedown", "PageDown"),
        ("page down", "pagedown", "PageDown"),
        ("pgup", "pageup", "PageUp"),
        ("→", "right", "→"),
        ("Shift+Right", "shift+right", "Shift+→"),
        ("N", "N", "N"),
        ("shift+n", "N", "N"),
        ("n", "n", "n"),
        (".", "full_stop", "."),
        ("full_stop", "full_stop", "."),
        ("?", "question_mark", "?"),
        ("+", "plus", "+"),
        ("Ctrl++", "ctrl+plus", "Ctrl++"),
        ("-", "minus", "-"),
        ("'", "apostrophe", "'"),
        ("Ctrl+C", "ctrl+c", "Ctrl+C"),
        ("Esc", "escape", "Esc"),
        ("Shift+F5", "shift+f5", "Shift+F5"),
        ("é", "é", "é"),
    ],
)
def test_keys_have_two_names(written: str, key: str, shown: str) -> None:
    assert parse_key(written) == key
    assert format_key(key) == shown
    assert parse_key(shown) == key


@pytest.mark.parametrize("written", ["PgeDown", "", "Contrl+x", "nn", "Shift+", "\x1b"])
def test_unknown_keys_are_refused(written: str) -> None:
    with pytest.raises(UnknownKeyError, match="is not a key"):
        parse_key(written)


def test_keys_of_the_number_pad_and_modifiers_alone() -> None:
    assert normalize_key("add") == "plus"
    assert is_modifier("left_shift")
    assert is_modifier("num_lock")
    assert not is_modifier("left")
    assert not is_modifier("left_square_bracket")


def test_every_key_of_the_table_exists_and_means_one_thing_at_a_time() -> None:
    seen: dict[tuple[str, str], str] = {}
    for command in COMMANDS:
        for written in command.keys:
            assert seen.setdefault((command.mode, parse_key(written)), command.name) == command.name
    assert len({command.name for command in COMMANDS}) == len(COMMANDS)


@pytest.mark.parametrize(
    ("state", "key", "name"),
    [
        (State(), "n", "next"),
        (State(hits=(1, 2)), "n", "next-hit"),
        (State(hits=(1, 2)), "pagedown", "next"),
        (State(digits="1"), "enter", "digits-go"),
        (State(digits="1"), "backspace", "digits-erase"),
        (State(), "enter", "next"),
        (State(overlay="overview"), "right", "tile-right"),
        (State(overlay="overview"), "b", None),
        (State(overlay="help"), "b", "black"),
        (State(overlay="help"), "pagedown", "help-down"),
        (State(overlay="search"), "b", "type"),
        (State(overlay="search"), "escape", "leave"),
        (State(overlay="goto"), "enter", "line-open"),
        (State(overlay="search"), "f5", None),
        (State(), "ctrl+c", "interrupt"),
        (State(), "x", None),
    ],
)
def test_what_a_key_means_depends_on_what_is_going_on(state: State, key: str, name: str | None) -> None:
    found = Bindings().find(key, key if len(key) == 1 else None, state, now=1.0)
    assert (found.name if found else None) == name


def test_digits_are_forgotten_after_a_while() -> None:
    state = State(digits="1", digits_at=10.0)
    assert "digits" in modes(state, 12.0)
    assert "digits" not in modes(state, 20.0)


def test_the_readers_keys_replace_those_of_the_table(tmp_path: Path) -> None:
    file = tmp_path / "config.yaml"
    file.write_text("keys:\n  black: [x, F9]\n  edit: []\n", encoding="utf-8")
    bindings = Bindings(load_keymap(file))
    assert bindings.written("black") == ("x", "F9")
    assert bindings.find("b", "b", State(), 0) is None
    assert bindings.find("x", "x", State(), 0) is not None
    assert all("$EDITOR" not in words for _, rows in bindings.table() for _, words in rows)


def test_an_empty_configuration_changes_nothing(tmp_path: Path) -> None:
    for text in ("", "keys:\n", "# nothing\n"):
        (tmp_path / "config.yaml").write_text(text, encoding="utf-8")
        assert load_keymap(tmp_path / "config.yaml") == {}


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("keys:\n  blak: b\n", ['2:3: error: unknown command "blak"; did you mean "black"?']),
        ("key:\n", ['1:1: error: unknown setting "key"; did you mean "keys"?']),
        ("keys:\n  black: [x, PgeDown]\n", ['2:14: error: "PgeDown" is not a key; did you mean "PageDown"?']),
        ("keys:\n  black: n\n", ['2:10: error: n is a key of "black" and of "next"; give one of them other keys']),
        ("keys:\n  next: x\n  next: y\n", ['3:3: error: "next" was given on line 2 already']),
        ("keys: [a]\n", ['1:7: error: expected lines such as "next: [PageDown, Space]" in keys']),
        ("keys:\n  next: {a: b}\n", ['2:9: error: expected keys such as [PageDown, Space] for "next"']),
        ("keys:\n  leave: x\n", ['2:10: error: "leave" works while text is typed; give it a key that writes nothing']),
        ("keys: [\n", ["1:7: error: not valid YAML: the file ends inside [ or {, before its ] or }"]),
        ("keys:\n  next: [x\n", ["2:9: error: not valid YAML: the [ opened here is never closed with ]"]),
        ("keys:\n  next: @\n", ['2:9: error: not valid YAML: text starting with @ needs quotes; write next: "@"']),
        ("keys: *x\n", ["1:7: error: not valid YAML: found undefined alias 'x'"]),
        ("{}\nx\n", ["2:1: error: not valid YAML: the configuration ended above this line"]),
        ("keys:\n  a: 1\n  b: 2\n", ["2:3: error: unknown command", "3:3: error: unknown command"]),
        ("\x00", ["1:1: error: not valid YAML"]),
    ],
)
def test_what_is_wrong_with_the_readers_keys_is_said_with_its_place(
    tmp_path: Path, text: str, problems: list[str]
) -> None:
    file = tmp_path / "config.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(KeymapError) as caught:
        load_keymap(file)
    assert len(caught.value.lines) == len(problems)
    for line, problem in zip(caught.value.lines, problems, strict=True):
        assert line.startswith(f"{file}:{problem}")
        assert "deck" not in line.removeprefix(str(file))


def test_a_configuration_that_cannot_be_read_is_a_problem_too(tmp_path: Path) -> None:
    (tmp_path / "latin.yaml").write_bytes(b"keys: \xe9\n")
    (tmp_path / "long.yaml").write_bytes(b"#" * (MAX_CONFIG_BYTES + 1))
    for path in (tmp_path, tmp_path / "missing.yaml", tmp_path / "latin.yaml", tmp_path / "long.yaml"):
        with pytest.raises(KeymapError):
            load_keymap(path)
    assert load_keymap(Path(os.devnull)) == {}


@given(st.text())
def test_any_text_as_configuration_is_keys_or_a_keymap_error(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    file = tmp_path_factory.getbasetemp() / "any.yaml"
    file.write_bytes(text.encode("utf-8", "surrogatepass"))
    with suppress(KeymapError):
        load_keymap(file)


def presses(key: str, times: list[float]) -> list[str]:
    held, kinds = KeyRepeat(), list[str]()
    for time in times:
        held, kind = held.press(key, time)
        kinds.append(kind)
    return kinds


@given(st.floats(0.016, 0.08), st.floats(0.0, 0.6))
def test_a_held_key_makes_one_step_at_a_time(period: float, delay: float) -> None:
    times = [0.0, *(delay + period * number for number in range(1, int(3 / period)))]
    kinds = presses("pagedown", times)
    made = sum(kind in {"press", "due"} for kind in kinds)
    assert 3 <= made <= times[-1] / REPEAT_INTERVAL + 2
    assert kinds[4:].count("press") == 0


@given(st.lists(st.floats(0, 0.004), min_size=49, max_size=49))
def test_presses_typed_ahead_all_count(gaps: list[float]) -> None:
    times = [sum(gaps[:number]) for number in range(50)]
    assert presses("right", times) == ["press"] * 50


def test_a_burst_may_arrive_in_pieces() -> None:
    assert presses("right", [number * 0.0001 + (0.03 if number > 25 else 0) for number in range(50)]) == ["press"] * 50


def test_a_clump_of_repeats_is_still_a_held_key() -> None:
    times = [0.0, 0.04, 0.08, 0.081, 0.082, 0.083, 0.084]
    assert presses("right", times) == ["press"] * 3 + ["soon"] * 4


def test_two_quick_presses_count_and_are_made_up_for_when_the_key_is_held() -> None:
    assert presses("right", [0.0, 0.03, 0.06]) == ["press"] * 3
    later = presses("right", [0.03 * number for number in range(30)])
    assert later[3:].index("due") == 12 - 3


def test_other_keys_and_slow_presses_are_no_repeats() -> None:
    held, _ = KeyRepeat().press("right", 0.0)
    assert held.press("left", 0.05)[1] == "press"
    assert presses("right", [0.0, 0.15, 0.3, 0.45]) == ["press"] * 4


def test_folding_forgets_case_accents_and_white_space() -> None:
    assert fold_case("Ça  VA,\nStraße İ") == "ca va, strasse i"


@given(st.text(max_size=60), st.text(max_size=20), st.text(max_size=60))
def test_what_is_cut_out_is_what_was_looked_for(before: str, middle: str, after: str) -> None:
    text = before + middle + after
    wanted = fold_case(middle).strip()
    _, match, _ = find_folded(text, wanted) if wanted else ("", "", "")
    assert not wanted or wanted not in fold_case(text) or not match or fold_case(match).strip() == wanted


def test_search_finds_all_words_anywhere_and_shows_the_best_place() -> None:
    index = Index([Page("The Knee", "at 64 kB", "say it élève slowly"), Page("Other", "the knee", ""), Page("Last")])
    assert [hit.slide for hit in index.find("knee")] == [0, 1]
    assert [hit.where for hit in index.find("KNEE")] == ["title", "text"]
    assert [hit.slide for hit in index.find("kb slowly")] == [0]
    hit = index.find("eleve")[0]
    assert (hit.where, index.context(hit)) == ("notes", ("say it ", "élève", " slowly"))
    assert index.find("  ") == ()


def test_context_before_a_hit_is_short_and_begins_with_a_word() -> None:
    before, match, after = find_folded("word " * 40 + "needle in the hay", "needle")
    assert before.startswith("…word")
    assert len(before) < 32
    assert (match, after) == ("needle", " in the hay")


def test_the_readme_table_names_every_command() -> None:
    table = markdown_table()
    assert all(f"| {command.name} |" in table for command in COMMANDS)
    assert TYPE.name not in [command.name for command in COMMANDS]
    assert replace(State()) == State()
