"""What the site shows that is written nowhere else: made from scenes, words, commands and `bn_math`.

Pages are written into docs/gallery and docs/reference before Sphinx looks for them, and are no part of the
repository. Nothing here is imported by the program.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bnviz.icon import icon_svg
from bnviz_site import api, commands, gallery, lessons, mathml

if TYPE_CHECKING:
    from sphinx.application import Sphinx

ICON = "icon.svg"
SCROLLED = "<pre", '<div class="table-wrapper colwidths-auto docutils container"'
FACES = "Regular", "Italic", "Bold"
LANDMARKS = {"sidebar-drawer": "All pages", "toc-drawer": "This page"}
GENERATED = "gallery", "reference"


def setup(app: Sphinx) -> dict[str, Any]:
    """Tell Sphinx what there is."""
    mathml.setup(app)
    app.connect("builder-inited", _write_pages)
    app.connect("autodoc-process-docstring", api.as_rst)
    app.connect("doctree-read", api.short_types)
    app.connect("html-page-context", _complete)
    app.connect("build-finished", _write_files)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _write_pages(app: Sphinx) -> None:
    """Write what changed, so that Sphinx reads only that again; take away what is no page any more."""
    pages = {**gallery.pages(), **commands.pages(), **api.pages()}
    for name, text in pages.items():
        path = Path(app.srcdir, name)
        path.parent.mkdir(exist_ok=True)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8", newline="\n")
    for folder in GENERATED:
        for path in Path(app.srcdir, folder).glob("*.md"):
            if f"{folder}/{path.name}" not in pages:
                path.unlink()


def _write_files(app: Sphinx, failure: Exception | None) -> None:
    """Write the page to play with, and the icon, beside the site's pages."""
    if failure is None and app.builder.format == "html":
        from bnviz.play.make import write_one_file

        write_one_file(lessons.SETTINGS, Path(app.outdir, "play.html"))
        _copy_letters(Path(app.outdir, "_static", "lato"))
        _name_landmarks(Path(app.outdir))
        Path(app.outdir, ICON).write_text(icon_svg(), encoding="utf-8", newline="\n")


def _name_landmarks(site: Path) -> None:
    """Tell the theme's two asides apart for who goes by landmarks; the theme leaves them without names."""
    for path in site.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        named = text
        for kind, name in LANDMARKS.items():
            named = named.replace(f'<aside class="{kind}', f'<aside aria-label="{name}" class="{kind}')
        if named != text:
            path.write_text(named, encoding="utf-8", newline="\n")


def _copy_letters(folder: Path) -> None:
    """The film's letters, with their license, so that the site looks alike everywhere."""
    import font_lato

    folder.mkdir(exist_ok=True)
    for name in (*(f"Lato-{face}.ttf" for face in FACES), "OFL.txt"):
        shutil.copyfile(Path(font_lato.__file__).parent / "files" / name, folder / name)


def _complete(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """The icon, drawn from the film's colors, and a way for the keyboard to what is scrolled by itself."""
    context["favicon_url"] = context["pathto"](ICON, resource=True)
    for tag in SCROLLED:
        context["body"] = context.get("body", "").replace(tag, f'{tag} tabindex="0"')
