"""Writing the page to play with: a folder's files, or all of it in one file with a policy of its own.

The folder's page holds no script and no style itself, so that it works from a file and where a host allows
nothing else (``Content-Security-Policy: default-src 'self'``). The page in one file names each by its hash.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from bnviz.files import replacing, replacing_folder
from bnviz.film.description import about
from bnviz.html.parts import Part, data_address, policy
from bnviz.html.templates import templates_of
from bnviz.html.themes import theme_css
from bnviz.icon import icon_svg
from bnviz.play.joined import joined
from bnviz.play.model import OPTIMIZERS, credits_of, model_of, words_of
from scenes.kit.palettes import FILM
from scenes.kit.settings import Settings

if TYPE_CHECKING:
    from bn_math import Lesson

PAGE, ASSETS = "play.html", "play"
FACES = {"Regular": 400, "Bold": 700, "Light": 300}


@dataclass(frozen=True)
class _Written:
    """The page's parts; their addresses are empty where they go into the page itself."""

    sheets: tuple[Part, ...]
    scripts: tuple[Part, ...]
    icon: str
    license: str = ""


def make_play(settings: Settings, folder: Path) -> Path:
    """Write the page and what it needs into ``folder``, which is replaced as a whole; returns the page.

    Raises:
        UserError: the folder holds something else, or the language lacks a word that is needed.
    """
    with replacing_folder(folder) as place:
        write_play(settings, place)
    return folder / PAGE


def write_play(settings: Settings, place: Path) -> None:
    """Write the page, and beside it the folder with what it needs, into the folder ``place``.

    Raises:
        UserError: the language lacks a word that is needed.
    """
    assets = place / ASSETS
    assets.mkdir()
    for name in (*map(_font, FACES), "OFL.txt"):
        shutil.copyfile(_lato() / name, assets / name)
    texts = {
        "themes.css": _faces({face: _font(face) for face in FACES}) + theme_css(settings.theme),
        "play.css": _web("play.css"),
        "lesson.js": _lesson(settings),
        "play.js": _script(),
        "icon.svg": icon_svg(),
    }
    for name, text in texts.items():
        (assets / name).write_text(text, encoding="utf-8", newline="\n")
    parts = {name: Part(text, quote(f"{ASSETS}/{name}")) for name, text in texts.items()}
    written = _Written(
        sheets=(parts["themes.css"], parts["play.css"]),
        scripts=(parts["lesson.js"], parts["play.js"]),
        icon=parts["icon.svg"].address,
    )
    (place / PAGE).write_text(_page(settings, written), encoding="utf-8", newline="\n")


def write_one_file(settings: Settings, path: Path) -> None:
    """Write the page with all that it needs into the file ``path``.

    Raises:
        UserError: the language lacks a word that is needed.
    """
    text = one_file_of(settings)
    with replacing(path) as new:
        new.write_text(text, encoding="utf-8", newline="\n")


def one_file(lesson: Lesson, language: str = "en", theme: str = FILM) -> str:
    """The page about ``lesson`` with all that it needs, as the text of one file.

    Raises:
        ValueError: there is no such language or theme.
        UserError: the language lacks a word that is needed.
    """
    return one_file_of(Settings(theme=theme, voice=False, language=language, lesson=lesson))


def one_file_of(settings: Settings) -> str:
    """The page about the settings' lesson with all that it needs, as the text of one file."""
    faces = _faces({face: data_address(_lato() / _font(face)) for face in FACES})
    icon = "data:image/svg+xml," + quote(icon_svg())
    license = (_lato() / "OFL.txt").read_text(encoding="utf-8")
    sheets = (Part(faces + theme_css(settings.theme)), Part(_web("play.css")))
    return _page(settings, _Written(sheets, (Part(_lesson(settings)), Part(_script())), icon, license))


def _page(settings: Settings, written: _Written) -> str:
    environment = templates_of("bnviz.play")
    told = about(settings)
    is_one_file = not written.sheets[0].address
    return environment.get_template("play.html.jinja").render(
        language=settings.language,
        words=words_of(settings),
        subject=told.subject,
        credits=credits_of(settings),
        optimizers=OPTIMIZERS,
        sheets=written.sheets,
        scripts=written.scripts,
        policy=policy(written.sheets, written.scripts) if is_one_file else "",
        icon=written.icon,
        license=written.license,
    )


# -- what the page needs --
def _lesson(settings: Settings) -> str:
    """What the page is told, as a script: opened from its file it may run one and read nothing."""
    text = json.dumps(model_of(settings).for_json(), ensure_ascii=False, sort_keys=True)
    return f"window.lesson = {text.replace('<', chr(92) + 'u003c')};\n"  # no end of the script in a name


def _script() -> str:
    """The page's modules, and its start."""
    web = resources.files("bnviz.play").joinpath("web")
    return joined(web, "app/main.js") + "window.bnviz.page = window.bnviz.start(window.lesson);\n"


def _web(name: str) -> str:
    return resources.files("bnviz.play").joinpath("web", name).read_text(encoding="utf-8")


def _faces(addresses: dict[str, str]) -> str:
    return "".join(
        f'@font-face {{ font-family: Lato; font-weight: {FACES[face]}; src: url("{address}"); }}\n'
        for face, address in addresses.items()
    )


def _font(face: str) -> str:
    return f"Lato-{face}.ttf"


def _lato() -> Path:
    import font_lato

    return Path(font_lato.__file__).parent / "files"
