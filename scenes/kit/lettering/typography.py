"""Letters and formulas, set with Typst in the language's fonts. Sizes are pixels of a picture 1080 high.

The fonts come from packages and system fonts are never looked at: a text is the same picture everywhere.
"""

from __future__ import annotations

import atexit
import hashlib
import os
import shutil
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Self
from xml.etree import ElementTree

import typst
from manim import DOWN, LEFT, RIGHT, MathTypst, Mobject, SVGMobject, Typst, VGroup, VMobject, config
from manim.mobject.text import typst_mobject
from manim.utils import typst_file_writing
from manim.utils.color import ParsableManimColor

from scenes.kit import cjk, settings, theme
from scenes.kit.languages import ENGLISH, Language
from scenes.kit.lettering import fonts, outlines
from scenes.kit.lettering.extent import Cut, Extent
from scenes.kit.lettering.glyph import Glyph

TITLE, FIGURE, HEADING, LABEL, SMALL = 64.0, 58.0, 40.0, 32.0, 28.0
KEY, NAME = 84.0, 40.0  # a figure beside a picture, and all else that is read: nothing is smaller
FONT_SIZE_PER_PIXEL = 48 / 67.5  # Manim's size 48 gives Lato an em of 67.5 pixels at 1080p


def preamble(weight: str = "regular", language: Language = ENGLISH, markup: str = "") -> str:
    """Typst set-up: the fonts of ``markup``, figures of one width, no other font to fall back on."""
    chosen = cjk.fonts_for(markup, language)
    families = ", ".join(f'"{family}"' for family in chosen)
    font = families if len(chosen) == 1 else f"({families})"
    lang = "" if language is ENGLISH else f'lang: "{language.code}", '
    return (
        f'#set text({lang}font: {font}, weight: "{weight}", number-width: "tabular", fallback: false)\n'
        "#set par(leading: 0.55em)\n"
        '#show math.equation: set text(font: "New Computer Modern Math")'
    )


def _language() -> Language:
    return settings.current_language()


class Lettering(Mobject):
    """Marks everything on the screen that is read, so that the layout check finds it."""


class Outlined(SVGMobject):
    """Made of glyphs."""

    def path_to_mobject(self, path: Any) -> Glyph:
        """A glyph, its outline made."""
        return Glyph(path, **self.path_string_config)

    def get_mobjects_from(self, svg: Any) -> tuple[list[VMobject], dict[str, VGroup]]:
        """The glyphs, and those groups of them that have a name: every copy copies the groups, too."""
        glyphs, groups = super().get_mobjects_from(svg)
        unnamed = ("root", "numbered_group_")
        return glyphs, {name: group for name, group in groups.items() if not name.startswith(unnamed)}

    def generate_mobject(self) -> Self:
        """Make the glyphs of the file, in the short way where that can be."""
        tree: Any = ElementTree.parse(self.get_file_path())
        shapes = outlines.read(self.modify_xml_tree(tree).getroot())
        if shapes is None:
            return super().generate_mobject()
        for shape in shapes:
            glyph = self.get_mob_from_shape_element(shape)
            if glyph is not None:
                self.add(glyph)
                for name in shape.groups:
                    self.id_to_vgroup_dict.setdefault(name, VGroup()).add(glyph)
        return self.flip(RIGHT)


def svg_file(
    typst_code: str,
    preamble: str = "",
    text_size: float = typst_file_writing.TYPST_COMPILATION_FONT_SIZE,
    font_paths: list[str | Path] | None = None,
) -> Path:
    """Compile Typst to an SVG in Manim's cache, whole or not at all, and without the system's fonts."""
    source = typst_file_writing.TYPST_TEMPLATE.format(text_size=text_size, preamble=preamble, body=typst_code)
    folder = config.get_dir("tex_dir")
    target = folder / f"{hashlib.sha256(source.encode()).hexdigest()[:24]}.svg"
    if not target.exists():
        folder.mkdir(parents=True, exist_ok=True)
        beside = target.with_suffix(f".{os.getpid()}.tmp")
        beside.write_bytes(
            typst.compile(
                source.encode(), format="svg", font_paths=font_paths or [], ignore_system_fonts=True
            )
        )
        beside.replace(target)
    return _own_copy(target)


def _own_copy(file: Path) -> Path:
    """A copy for this process alone: Manim writes beside what it reads, and takes that away again."""
    own = file.with_suffix(f".{os.getpid()}.svg")
    if not own.exists():
        shutil.copyfile(file, own)
        atexit.register(own.unlink, missing_ok=True)
    return own


class _FontFolders(list[str | Path]):
    """Where fonts lie; the type marks a text as the kit's own, see :func:`_svg_file_of`."""


_manims_svg_file = typst_mobject.typst_to_svg_file


def _svg_file_of(typst_code: str, *, font_paths: list[str | Path] | None = None, **options: Any) -> Path:
    """The kit's letters are compiled as above; those of a Manim scene beside ours as Manim does it."""
    compiled: Any = svg_file if isinstance(font_paths, _FontFolders) else _manims_svg_file
    return Path(compiled(typst_code, font_paths=font_paths, **options))


# Manim's own writes its cache without a lock, and its pictures depend on the fonts a machine happens to have.
typst_mobject.typst_to_svg_file = _svg_file_of


class Text(Lettering, Outlined, Typst):
    """Typst markup as one Mobject, in the fonts of the settings' language.

    Args:
        markup: Typst markup; a formula stands between dollar signs.
        size: the em in pixels at 1080p.
        color: None is the theme's color for text.
        weight: Typst's name of a font weight, such as ``regular`` or ``light``.
        options: Manim's options for a Typst Mobject.

    Raises:
        ValueError: a letter is in no font of the language.
    """

    def __init__(
        self,
        markup: str,
        size: float = LABEL,
        color: ParsableManimColor | None = None,
        weight: str = "regular",
        **options: Any,
    ) -> None:
        language = _language()
        if reason := fonts.missing(markup, language):
            raise ValueError(reason)
        super().__init__(
            markup,
            font_size=size * FONT_SIZE_PER_PIXEL,
            typst_preamble=preamble(weight, language, markup),
            color=theme.current().text if color is None else color,
            font_paths=_FontFolders(map(str, fonts.folders(language, markup))),
            use_svg_cache=False,  # to keep a copy of each text costs more than to read it again
            **options,
        )
        self.size, self.markup, self.made = size, markup, Extent.of(self)
        Cut.for_letters(self, markup, em(size))


class Formula(Lettering, Outlined, MathTypst):
    """A displayed formula; parts in ``{{ ... : name }}`` can be picked with ``select(name)``.

    Args:
        markup: Typst's notation for formulas, without dollar signs.
        size: the em in pixels at 1080p.
        color: None is the theme's color for text.
        options: Manim's options for a MathTypst Mobject.
    """

    def __init__(
        self, markup: str, size: float = HEADING, color: ParsableManimColor | None = None, **options: Any
    ) -> None:
        language = _language()
        super().__init__(
            markup,
            font_size=size * FONT_SIZE_PER_PIXEL,
            typst_preamble=preamble(language=language, markup=markup),
            color=theme.current().text if color is None else color,
            font_paths=_FontFolders(map(str, fonts.folders(language, markup))),
            use_svg_cache=False,  # to keep a copy of each text costs more than to read it again
            **options,
        )
        self.size, self.markup, self.made = size, markup, Extent.of(self)
        Cut.for_letters(self, markup, em(size))


def title(markup: str, color: ParsableManimColor | None = None) -> Text:
    """A scene's heading."""
    return Text(markup, TITLE, color, weight="light")


def label(markup: str, color: ParsableManimColor | None = None, size: float = LABEL) -> Text:
    """A label, muted unless a color is given."""
    return Text(markup, size, theme.current().muted if color is None else color)


def name(markup: str, color: ParsableManimColor | None = None) -> Text:
    """What stands beside a mark, on an axis, below a figure: the size that is read on a phone."""
    return Text(markup, NAME, color)


def figure(markup: str, color: ParsableManimColor | None = None, size: float = FIGURE) -> Text:
    """A key figure in the color of what it describes."""
    return Text(markup, size, color)


def hangs_below(text: Text | Formula) -> float:
    """How far a line of ``text`` hangs below its baseline, in picture units, at the size it was made in."""
    return _hangs_below(isinstance(text, Formula), text.markup, text.size, settings.current().language)


def align_baseline(
    text: Text | Formula, baseline: float, left: float | None = None, right: float | None = None
) -> Text | Formula:
    """Put a line of ``text`` on ``baseline`` (a height of the picture), its left or right edge in place."""
    text.set_y(baseline - hangs_below(text), DOWN)
    if left is not None:
        text.set_x(left, LEFT)
    if right is not None:
        text.set_x(right, RIGHT)
    return text


def _hangs_below(is_formula: bool, markup: str, size: float, language: str) -> float:
    """How far a line hangs below its baseline, in Manim's units; of ``language``, which is the settings'."""
    return _hangs_below_in(is_formula, markup, size, language, settings.current().letters)


@lru_cache(maxsize=4096)
def _hangs_below_in(is_formula: bool, markup: str, size: float, language: str, letters: str) -> float:
    # Manim keeps outlines only: an x stands on the baseline and shows how far the rest hangs below it.
    probe = (Formula if is_formula else Text)(f"x {markup}", size)
    return float(probe[0].get_bottom()[1] - VGroup(*probe[1:]).get_bottom()[1])


@cache
def em(size: float) -> float:
    """An em of ``size`` pixels, in Manim's units."""
    return size * float(config.frame_height) / 1080
