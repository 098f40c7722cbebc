from __future__ import annotations

from pathlib import Path

from markdown_it import MarkdownIt

from presenter.convert.image_paths import ImagePaths
from presenter.convert.pipeline import convert_text

ROOT = Path(__file__).parent.parent


def test_the_readme_shows_what_converting_really_makes() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8").partition("## Bring a deck you have")[2]
    fences = [token for token in MarkdownIt().parse(readme) if token.type == "fence"]
    before, after = (next(token.content for token in fences if token.info == info) for info in ("markdown", "yaml"))
    made = convert_text(before, "talk.md", ImagePaths(ROOT, ROOT / "deck.yaml"))
    assert made.dialect == "presenterm"
    assert made.text.partition("slides:\n")[2] == after.partition("slides:\n")[2]
