"""Tables from files as spreadsheets write them: no cell is joined, cut or taken for another."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presenter.deck.load import load
from presenter.layouts.code_slides import TableSlide, read_csv


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ('a,b\n"one\ntwo",c\n', (("a", "b"), ("one two", "c"))),
        ('a,b\r\n"one\r\ntwo",c\r\n', (("a", "b"), ("one two", "c"))),
        ("a\tb c\n1\t2 3\n", (("a", "b c"), ("1", "2 3"))),
        ("sep=;\na;b,c\n1;2\n", (("a", "b,c"), ("1", "2"))),
        ("SEP=|\na|b\n", (("a", "b"),)),
        ("a|b\n1|2\n", (("a", "b"), ("1", "2"))),
        ("a;b\n1,5;2\n", (("a", "b"), ("1,5", "2"))),
        ("separate,b\n1,2\n", (("separate", "b"), ("1", "2"))),
    ],
)
def test_rows_of_a_file(text: str, rows: tuple[tuple[str, ...], ...]) -> None:
    assert read_csv(text) == rows


@given(
    st.lists(st.lists(st.text("ab \n;\t|\"'=", max_size=5), min_size=2, max_size=3).map(tuple), min_size=1, max_size=4),
    st.sampled_from(";|\t"),
)
def test_what_a_spreadsheet_writes_is_read_back(rows: list[tuple[str, ...]], separator: str) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows(rows)
    kept = tuple(tuple(" ".join(cell.split()) for cell in row) for row in rows if any(cell.strip() for cell in row))
    assert read_csv(f"sep={separator}\n{out.getvalue()}") == (kept or ((),))


def test_tabs_between_cells_stay_until_the_table_is_read(tmp_path: Path) -> None:
    (tmp_path / "t.tsv").write_text("name\tx y\nlong name\t1\n", encoding="utf-8")
    path = tmp_path / "deck.yaml"
    path.write_text("slides:\n- {id: a, table: {file: t.tsv}}\n", encoding="utf-8")
    loaded = load(path)
    assert loaded.deck is not None, loaded.problems
    layout = loaded.deck.slides[0].layout
    assert isinstance(layout, TableSlide)
    assert [*layout.words()][:4] == ["name", "x y", "long name", "1"]
