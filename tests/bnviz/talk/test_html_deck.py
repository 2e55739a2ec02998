"""The files of a talk as HTML, with everything beside the page and in one file."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from pathlib import Path

from bnviz.talk.slides import make_slides
from tests.bnviz.talk.decks import NAME, Deck, talk_of


def test_the_page_asks_for_nothing_that_does_not_lie_beside_it(decks: dict[str, Deck]) -> None:
    folder = decks["folder"].page.parent
    text = decks["folder"].page.read_text(encoding="utf-8")
    needed = re.findall(r'(?:href|src|data-film)="([^"]+)"', text)
    assert len(needed) == 3 + 3 + 2 * 3  # icon and styles, scripts, and of each slide film and still
    for name in needed:
        assert (folder / name).is_file(), name
    files = folder / "valley-to-bowl_files"
    assert (files / "reveal/LICENSE").read_text(encoding="utf-8").startswith("Copyright")
    assert (files / "OFL.txt").is_file()
    assert '<html lang="en">' in text
    assert text.count(" loop ") == 1


def test_a_deck_in_one_file_needs_no_other(decks: dict[str, Deck]) -> None:
    page = decks["one file"].page
    assert list(page.parent.iterdir()) == [page]
    text = page.read_text(encoding="utf-8")
    markup = re.sub(r"<script>.*?</script>", "", text, flags=re.DOTALL)
    assert re.findall(r'(?:href|src|data-film)="(?!data:)([^"]*)"', markup) == []
    assert re.findall(r"url\((?!data:)([^)]*)\)", markup) == []
    assert "Permission is hereby granted, free of charge" in text  # of reveal.js, which is in it
    films = [base64.b64decode(item) for item in re.findall(r'<script type="text/plain">(.*?)</script>', text)]
    assert films == [path.read_bytes() for path in sorted(decks["folder"].films.glob("*.mp4"))]


def test_the_policy_of_one_file_names_each_script_and_style_and_nothing_that_is_not_in_it(
    decks: dict[str, Deck],
) -> None:
    text = decks["one file"].page.read_text(encoding="utf-8")
    (found,) = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]+)">', text)
    policy = {name: sources for name, *sources in (part.split() for part in html.unescape(found).split("; "))}
    for tag, attributes in (("script", ""), ("style", r"(?: id=\"look\")?")):
        inline = re.findall(rf"<{tag}{attributes}>(.*?)</{tag}>", text, re.DOTALL)
        digests = [base64.b64encode(hashlib.sha256(item.encode()).digest()).decode() for item in inline]
        named = [f"'sha256-{digest}'" for digest in digests]
        assert policy[f"{tag}-src"][: len(named)] == named
    assert len(policy["script-src"]) == 3
    assert len(policy["style-src"]) == 2 + 2  # and those of reveal.js for printing
    assert policy["default-src"] == ["'none'"]
    assert "unsafe" not in found
    assert "http" not in found


def test_a_deck_made_twice_is_the_same(decks: dict[str, Deck], tmp_path: Path) -> None:
    make_slides(talk_of(tmp_path, one_file=True))
    assert (tmp_path / NAME).read_bytes() == decks["one file"].page.read_bytes()


def test_the_notes_are_what_is_said(deck: Deck) -> None:
    text = deck.page.read_text(encoding="utf-8")
    notes = re.findall(r'<aside class="notes">(.*?)</aside>', text, re.DOTALL)
    assert notes[0] == "A square &amp; its &lt;side&gt;."
    assert [
        f"{slide.title}\n\n{html.unescape(note)}" for slide, note in zip(deck.slides, notes, strict=True)
    ] == [slide.notes for slide in deck.slides]
