"""The site is whole: what it links to and loads is there, and it holds every scene, name and option."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
import typer

import bn_math
import scenes
from bnviz.cli.app import app
from bnviz.run import discover
from scenes.kit.script.words import Words
from scenes.kit.settings import Settings
from tests.docs.pages import ROOT, Page

pytestmark = pytest.mark.xdist_group("site")  # made once
LIGHTEST = 20_000_000  # bytes: what can be sent


def target(page: Page, link: str) -> tuple[Path, str]:
    parts = urlsplit(link)
    path = page.path.parent / unquote(parts.path) if parts.path else page.path
    return path.resolve(), unquote(parts.fragment)


def test_every_link_leads_to_a_page_and_a_place_that_are_there(pages: dict[str, Page]) -> None:
    by_path = {page.path.resolve(): page for page in pages.values()}
    broken = []
    for name, page in pages.items():
        for link in (link for link in page.links if not urlsplit(link).scheme):
            path, place = target(page, link)
            there = path.is_file() and (not place or path not in by_path or place in by_path[path].ids)
            broken += [] if there else [(name, link)]
    assert broken == []
    assert sum(len(page.links) for page in pages.values()) > 1000


def test_nothing_is_loaded_that_does_not_lie_in_the_folder(folder: Path, pages: dict[str, Page]) -> None:
    for name, page in pages.items():
        for address in page.loaded:
            parts = urlsplit(address)
            assert not parts.scheme and not parts.netloc, (name, address)
            assert target(page, address)[0].is_file(), (name, address)
    for sheet in folder.rglob("*.css"):
        for address in re.findall(r"url\(\s*[\"']?([^)\"']+)", sheet.read_text(encoding="utf-8")):
            assert address.startswith("data:") or (sheet.parent / address).is_file(), (sheet.name, address)
    assert not any("mathjax" in path.name.lower() for path in folder.rglob("*"))


def test_it_is_small(folder: Path) -> None:
    assert sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) < LIGHTEST


def test_the_gallery_shows_every_scene_in_order(pages: dict[str, Page]) -> None:
    stems = [discover.file_name(name).removesuffix(".py") for name in scenes.ORDER]
    overview = re.findall(
        r'<li><p><a class="reference internal" href="(\w+)\.html">', pages["gallery/index.html"].html
    )
    assert overview == stems


@pytest.mark.parametrize("name", scenes.ORDER)
def test_a_scene_s_page_has_its_still_its_words_its_code_and_its_command(
    name: str, pages: dict[str, Page]
) -> None:
    source = discover.find(name)
    page, words = pages[f"gallery/{source.path.stem}.html"], Words(name, Settings(voice=False).lesson)
    assert any(address.endswith(f"/{source.path.stem}.png") for address in page.loaded)
    shown = page.text.replace("’", "'").replace("“", '"').replace("”", '"')
    for beat in words.beats:
        for sentence in words.narration(beat):
            said = " ".join(sentence.caption.replace("\u2009", "").split()).rstrip(".")
            assert said.replace("’", "'") in shown or "..." in said, said
    assert f'manim render -qh "$(bnviz where {name})" {name}' in shown
    (last,) = [
        line
        for line in source.path.read_text(encoding="utf-8").splitlines()
        if line.startswith(f"class {name}")
    ]
    assert last.partition("(")[0] in shown


def test_the_numbers_of_a_scene_are_the_lesson_s(pages: dict[str, Page]) -> None:
    rows = {
        name: number for number, name in (row for row in pages["gallery/valley.html"].rows() if len(row) == 2)
    }
    lesson = Settings(voice=False).lesson
    assert rows["raw.steps"].replace("\u202f", "") == str(lesson.raw.steps)
    assert rows["raw.spectrum.condition_number"] == f"{lesson.raw.spectrum.condition_number:.0f}"


def test_the_reference_has_every_public_name_once(pages: dict[str, Page]) -> None:
    headings = [
        heading
        for name, page in pages.items()
        if name.startswith("reference/")
        and name not in ("reference/commands.html", "reference/notebooks.html")
        for heading in re.findall(r"<h2>(\w+)<", page.html)
    ]
    assert sorted(headings) == sorted(bn_math.__all__)
    documented = pages["reference/descent.html"].ids
    assert {"bn_math.Spectrum", "bn_math.Spectrum.condition_number", "bn_math.descend"} <= documented
    assert {"bnviz.show", "bnviz.figure", "bnviz.playground"} <= pages["reference/notebooks.html"].ids


def test_the_reference_has_every_command_and_every_option(pages: dict[str, Page]) -> None:
    page = pages["reference/commands.html"]

    def commands(group: typer.core.TyperGroup, name: str) -> dict[str, typer.core.TyperCommand]:
        found = {}
        for word, item in group.commands.items():
            inner = isinstance(item, typer.core.TyperGroup) and item.commands
            found |= commands(item, f"{name} {word}") if inner else {f"{name} {word}": item}
        return found

    every = commands(typer.main.get_command(app), "bnviz")
    assert len(every) > 15
    for name, command in every.items():
        section = page.html.partition(f'id="{name.replace(" ", "-")}"')[2].partition("<section")[0]
        missing = [
            opt for item in command.params for opt in item.opts if opt.startswith("--") and opt not in section
        ]
        assert section and missing == [], name


def test_every_page_of_docs_is_in_the_site(pages: dict[str, Page]) -> None:
    written = {
        path.relative_to(ROOT / "docs").with_suffix(".html").as_posix()
        for path in (ROOT / "docs").rglob("*.md")
    }
    assert written <= set(pages)
    reached, waiting = set(), ["index.html"]
    while waiting:
        name = waiting.pop()
        if name in reached or name not in pages:
            continue
        reached.add(name)
        root = pages["index.html"].path.parent.resolve()
        links = (target(pages[name], link)[0] for link in pages[name].links if not urlsplit(link).scheme)
        waiting += [path.relative_to(root).as_posix() for path in links if path.is_relative_to(root)]
    assert written <= reached, "pages to which no way leads"
