"""Markdown decks made up for tests: every word in them is a word of its own, so that a lost one is missed."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import strategies as st

Draw = Callable[[st.SearchStrategy[str]], str]

WORD = st.integers(100, 99_999).map(lambda number: f"w{number}x")
"""A word that stands nowhere by chance."""
WORDS = st.lists(WORD, min_size=1, max_size=6).map(" ".join)


def _marked(words: str, mark: str) -> str:
    return mark.replace("#", words)


MARKS = [
    "#",
    "*#*",
    "**#**",
    "`#`",
    "~~#~~",
    "[#](http://example.org/#)",
    "<b>#</b>",
    "<span class='#'>#</span>",
    "a<br>#",
]
MARKS += [
    "![#](missing/#.png)",
    "![bg right #](#.png)",
    "<!-- # -->",
    "[![#](#.png)](#)",
    "<img src='#.png' alt='#'>",
    "#: #",
]
MARKS += [
    "<v-click>#</v-click>",
    "**#** <!-- fit -->",
    "\\*#\\*",
    "&amp; #",
    "<#>",
    "$#$",
    "# # #",
    "<kbd>#</kbd>",
    "|#|",
]
PHRASE = st.builds(_marked, WORDS, st.sampled_from(MARKS))
LINE = st.lists(PHRASE, min_size=1, max_size=3).map(" ".join)
TEXT = st.lists(LINE, min_size=1, max_size=3).map("\n".join)

COMMENTS = [
    "pause",
    "end_slide",
    "column_layout: [2, 1]",
    "column: 0",
    "column: 1",
    "column: 2",
    "reset_layout",
    "stop",
]
COMMENTS += ["incremental_lists: true", "speaker_note: {}", "new_lines: 2", "font_size: 3", "no_footer", "skip_slide"]
COMMENTS += [
    "jump_to_middle",
    "note: {}",
    "_class: {}",
    "_paginate: false",
    "footer: {}",
    "header: {}",
    ".slide: id='{}'",
]
COMMENTS += [
    ".element: class='fragment'",
    "{}",
    "// {}",
    "{}: {}",
    "backgroundImage: url({}.png)",
    "fit",
    "config:\n{}: 1\n",
]
COMMENT = st.builds(lambda text, word: f"<!-- {text.replace('{}', word)} -->", st.sampled_from(COMMENTS), WORD)


def _list(entries: list[str], mark: str, loose: bool) -> str:
    marks = [f"{number}. " for number in range(1, 99)] if mark == "1." else [f"{mark} "] * len(entries)
    rows = [first + entry.replace("\n", "\n" + " " * len(first)) for first, entry in zip(marks, entries, strict=False)]
    return ("\n\n" if loose else "\n").join(rows)


def _table(rows: list[list[str]]) -> str:
    cells = [" | ".join(cell.replace("\n", " ").replace("|", "\\|") for cell in row) for row in rows]
    return "\n".join([f"| {cells[0]} |", "|---|:-:|", *(f"| {row} |" for row in cells[1:])])


def _code(lines: list[str], info: str) -> str:
    return f"```{info}\n" + "\n".join(lines) + "\n```"


INFOS = ["", "python", "rust {1-2|all} +exec", "js [1|2]", "ts {2}{lines:true}", "mermaid", "{.python}", "yaml", "file"]
BLOCK = st.recursive(
    st.one_of(
        TEXT,
        COMMENT,
        st.builds(lambda words, level: "#" * level + " " + words, LINE, st.integers(1, 4)),
        st.builds(lambda words, line: f"{words}\n{line}", WORDS, st.sampled_from(["===", "---"])),
        st.builds(_table, st.lists(st.lists(LINE, min_size=2, max_size=2), min_size=1, max_size=4)),
        st.builds(_code, st.lists(WORDS, min_size=1, max_size=4), st.sampled_from(INFOS)),
        st.sampled_from(
            ["---", "----", "***", ". . .", "::right::", "::left::", ":::", "</div>", "<v-clicks>", "</v-clicks>"]
        ),
        WORD.map(lambda word: f"::: {{.{word}}}"),
        WORD.map(lambda word: f"<div class='grid {word}'>"),
        st.sampled_from(["<div>", "</div>"]),
        WORD.map(lambda word: f"<div class='{word}' v-click>"),
        WORD.map(lambda word: f"<style>\n.{word} > p {{ color: red }}\n</style>"),
        WORDS.map(lambda words: f"Note: {words}"),
        WORDS.map(lambda words: f"$$\n{words}\n$$"),
        WORDS.map(lambda words: f"    {words}\n    {words}"),
        WORD.map(lambda word: f"<<< @/{word}.ts {{1|2}}"),
        WORD.map(lambda word: f"---\nlayout: two-cols\ntitle: {word}\nclass: {word}\n---"),
        st.builds(lambda one, two: f"[{one}][k{two}]\n\n[k{two}]: http://{two} '{one}'", WORD, WORD),
        WORD.map(lambda word: f"[k{word}]: http://{word}"),
    ),
    lambda inner: st.one_of(
        st.builds(
            _list, st.lists(inner, min_size=1, max_size=4), st.sampled_from(["-", "*", "1.", "+"]), st.booleans()
        ),
        inner.map(lambda text: "\n".join(f"> {row}" for row in text.split("\n"))),
    ),
    max_leaves=5,
)

FRONTS = ["", "---\ntitle: {}\nauthor: {}\n---\n", "---\nmarp: true\nfooter: {}\npaginate: true\nclass: {}\n---\n"]
FRONTS += [
    "---\npatat:\n  incrementalLists: true\n  {}: 1\ntitle: {}\n...\n",
    "---\nlayout: cover\ninfo: |\n  {}\n  {}\n---\n",
]
FRONTS += [
    "---\noptions:\n  end_slide_shorthand: true\ndate: {}\ntitle: {}\n---\n",
    "---\ntitle: [{}]\nevent: {}\n---\n",
]
FRONTS += ["---\nseparator: <!--s-->\ntheme: {}\nsubtitle: {}\n---\n", "---\n- {}\n- {}\n---\n", "---\n{}\n---\n{}\n"]
FRONT = st.builds(
    lambda text, one, two: text.replace("{}", one, 1).replace("{}", two, 1), st.sampled_from(FRONTS), WORD, WORD
)
DECK = st.builds(lambda front, blocks: front + "\n\n".join(blocks) + "\n", FRONT, st.lists(BLOCK, max_size=12))
"""A Markdown deck of no tool in particular, so of every one."""
