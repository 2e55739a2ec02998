"""The page to play with in a frame: whatever is in it, the frame holds it and lets nothing out."""

from __future__ import annotations

import subprocess
import sys
from html.parser import HTMLParser
from types import ModuleType

import pytest

import bnviz
from bn_math import Lesson
from bnviz.errors import UserError

PAGE = '<!doctype html><p title="\'&quot;">1 < 2 &amp; "3"</p><script>if (1 < 2 && \'</iframe>\') 3</script>'


@pytest.fixture
def asked_for(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Lesson, str, str]]:
    """With what the page is made, which is a small one."""
    calls: list[tuple[Lesson, str, str]] = []

    def one_file(lesson: Lesson, language: str = "en", theme: str = "dark") -> str:
        calls.append((lesson, language, theme))
        return PAGE

    page = ModuleType("bnviz.play.make")
    page.one_file = one_file  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "bnviz.play.make", page)
    return calls


def test_the_frame_holds_the_page_as_it_is(asked_for: list[tuple[Lesson, str, str]]) -> None:
    lesson = Lesson.article(batch_size=20)
    shown = bnviz.playground(lesson, theme="light", height=640)
    assert asked_for == [(lesson, "en", "light")]
    found: list[tuple[str, dict[str, str | None]]] = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attributes: found.append((tag, dict(attributes)))  # type: ignore[method-assign]
    parser.feed(shown._repr_html_())
    ((tag, attributes),) = found
    assert (tag, attributes["srcdoc"]) == ("iframe", PAGE)
    assert attributes["sandbox"] == "allow-scripts allow-downloads"
    assert attributes["title"] == "From Valley to Bowl" and "height: 640px" in (attributes["style"] or "")
    assert "page to play with" in repr(shown)


def test_without_a_lesson_it_is_the_article_s(asked_for: list[tuple[Lesson, str, str]]) -> None:
    bnviz.playground()
    assert asked_for == [(Lesson.article(), "en", "dark")]


@pytest.mark.usefixtures("asked_for")
def test_a_mistake_is_a_sentence() -> None:
    for height in (10, "tall", 300.5):
        with pytest.raises(UserError, match="^height is .*; it must be 200 or more, in pixels"):
            bnviz.playground(height=height)  # type: ignore[arg-type]
    with pytest.raises(UserError, match="^theme is 'pink'"):
        bnviz.playground(theme="pink")


def test_importing_bnviz_imports_nothing_of_it() -> None:
    code = (
        "import sys, bnviz; "
        "assert {'show', 'figure', 'playground'} <= set(dir(bnviz)); "
        "print(*(name for name in ('numpy', 'manim', 'bn_math', 'bnviz.notebook') if name in sys.modules)); "
        "bnviz.nothing"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, encoding="utf-8"
    )
    assert done.stdout.strip() == ""
    assert done.stderr.strip().endswith("AttributeError: module 'bnviz' has no attribute 'nothing'")
