"""The talk as HTML: a page of ours that reveal.js moves through, with everything beside it or in one file.

The folder's form holds no script, no style and no data of its own, so that it works from a file and where a
host allows nothing else (``Content-Security-Policy: default-src 'self'``). The form in one file has all of
them inside, and a policy of its own that names each of its scripts and styles by its hash
(https://www.w3.org/TR/CSP3). reveal.js comes from the package pyreveal, of which nothing else is used.
"""

from __future__ import annotations

import base64
import importlib.util
import itertools
import re
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

from bnviz.errors import UserError
from bnviz.html.parts import Part, data_address, in_base64, policy
from bnviz.html.templates import templates_of
from bnviz.icon import icon_svg
from bnviz.installation import install
from bnviz.talk.deck import Slide, alt_of
from bnviz.talk.pictures import first_and_last

if TYPE_CHECKING:
    from jinja2 import Environment

    from bnviz.talk.title_and_credits import CreditsPage, TitlePage
    from scenes.kit.settings import Settings

FACES = ("Regular", "Bold")
WIDTH, HEIGHT = 1280, 720  # of a slide, in CSS pixels; a browser scales it to its window
_DATA = re.compile(r"""url\((["']?)data:\w+/([\w.-]+)[\w+;=-]*;base64,([\w+/=%]+)\1\)""")


@dataclass(frozen=True)
class HtmlDeck:
    """What is shown, in order; ``one_file`` is whether everything goes into the page itself."""

    opening: TitlePage
    slides: Sequence[Slide]
    closing: CreditsPage
    one_file: bool = False


def write_html(path: Path, files: Path, deck: HtmlDeck, settings: Settings) -> None:
    """Write the deck to ``path``.

    Args:
        path: the HTML file.
        files: the folder with the slides' films, ``name.mp4``, beside ``path``. What the deck needs is put
            there; a deck in one file needs it only while it is written.
        deck: what is shown.
        settings: language, voice and theme.

    Raises:
        UserError: pyreveal has no reveal.js.
    """
    environment, one_file = templates_of("bnviz.talk"), deck.one_file
    for slide in deck.slides:
        (files / f"{slide.name}.jpg").write_bytes(first_and_last(slide.placed)[1])
    _lay_files(files)
    sheets = [_reveal(files, "reveal.css"), _look(environment, files, settings.theme, one_file)]
    scripts = [_reveal(files, "reveal.js"), _ours(files, "speaker.js"), _ours(files, "deck.js")]
    if not one_file:
        _move_data(files / "reveal" / "reveal.css")
    page = environment.get_template("deck.html.jinja").stream(
        title=deck.opening.title,
        language=settings.language,
        speaks=settings.voice,
        policy=_policy(sheets, scripts) if one_file else "",
        licenses=[_license()] if one_file else [],
        icon=_address(files / "icon.svg", one_file),
        sheets=sheets,
        scripts=scripts,
        opening=deck.opening,
        slides=_slides(deck.slides, files, settings, one_file),
        closing=deck.closing,
    )
    page.dump(str(path), "utf-8")  # in pieces: all films in base64 are too much at once


def _policy(sheets: Sequence[Part], scripts: Sequence[Part]) -> str:
    """What a deck in one file may do. reveal.js adds two styles of its own for printing (``?print-pdf``)."""
    limit = f"max-width: {WIDTH}px; max-height:{HEIGHT}px"
    printing = (
        f"@page{{size:{WIDTH}px {HEIGHT}px; margin: 0px;}}",
        f".reveal section>img, .reveal section>video, .reveal section>iframe{{{limit}}}",
    )
    return policy([*sheets, *map(Part, printing)], scripts, {"media-src": ["blob:"]})


def _slides(
    slides: Iterable[Slide], files: Path, settings: Settings, one_file: bool
) -> Iterator[dict[str, Any]]:
    """What the page says of each slide. Its address is its name without the number: ``#/valley-descent``."""
    for slide in slides:
        film = files / f"{slide.name}.mp4"
        yield {
            "anchor": slide.name.partition("-")[2],
            "title": slide.title,
            "alt": alt_of(slide.placed, settings),
            "notes": slide.notes.removeprefix(slide.title).strip(),
            "loop": slide.loop,
            "still": _address(files / f"{slide.name}.jpg", one_file),
            "film": in_base64(film) if one_file else _address(film, one_file),
        }


# -- what the page needs --
def _lay_files(files: Path) -> None:
    """Letters, licenses and the icon."""
    import font_lato

    lato = Path(font_lato.__file__).parent / "files"
    for name in (*(f"Lato-{face}.ttf" for face in FACES), "OFL.txt"):
        shutil.copyfile(lato / name, files / name)
    (files / "reveal").mkdir()
    (files / "reveal" / "LICENSE").write_text(_license(), encoding="utf-8", newline="\n")
    (files / "icon.svg").write_text(icon_svg(), encoding="utf-8", newline="\n")


def _look(environment: Environment, files: Path, theme: str, one_file: bool) -> Part:
    """Our style sheet in the colors of ``theme``; its addresses count from where it lies."""
    from scenes.kit.theme import named

    letters = {face: files / f"Lato-{face}.ttf" for face in FACES}
    fonts = {face: _address(path, True) if one_file else path.name for face, path in letters.items()}
    sheet = environment.get_template("deck.css.jinja")
    return _laid(files / "deck.css", files, sheet.render(fonts=fonts, theme=named(theme)))


def _ours(files: Path, name: str) -> Part:
    source = resources.files("bnviz.talk") / "web" / name
    return _laid(files / name, files, source.read_text(encoding="utf-8"))


def _reveal(files: Path, name: str) -> Part:
    """A file of reveal.js."""
    source = _package() / "dist" / name
    if not source.is_file():
        again = install("slides", again=True)
        raise UserError(f"the deck needs {name}, which pyreveal does not have; mend it with: {again}")
    return _laid(files / "reveal" / name, files, source.read_text(encoding="utf-8"))


def _laid(path: Path, files: Path, text: str) -> Part:
    path.write_text(text, encoding="utf-8", newline="\n")
    return Part(text, quote(path.relative_to(files.parent).as_posix()))


def _license() -> str:
    return (_package() / "LICENSE").read_text(encoding="utf-8")


def _package() -> Path:
    """The folder of reveal.js in pyreveal, which was looked for before anything was rendered."""
    spec = importlib.util.find_spec("pyreveal")
    assert spec is not None and spec.origin is not None
    return Path(spec.origin).parent / "revealjs"


def _address(path: Path, one_file: bool) -> str:
    """What the page says for a file of its folder: where it is, or all that is in it."""
    if one_file:
        return data_address(path)
    return quote(f"{path.parent.name}/{path.name}")


def _move_data(sheet: Path) -> None:
    """Put the pictures that a style sheet holds in base64 into files beside it."""
    numbers = itertools.count(1)

    def beside(found: re.Match[str]) -> str:
        name = f"{sheet.stem}-{next(numbers)}.{found[2]}"
        (sheet.parent / name).write_bytes(base64.b64decode(unquote(found[3])))
        return f"url({name})"

    sheet.write_text(_DATA.sub(beside, sheet.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
