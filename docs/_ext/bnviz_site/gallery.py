"""The gallery: a page a scene, with its still, its words, its numbers, its code, and how to render it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import scenes
from bnviz.run import discover
from bnviz.run.run_scene import manim_configured
from bnviz_site.lessons import LESSON, SETTINGS
from bnviz_site.numbers import unbroken

FOLDER = "gallery"


@dataclass(frozen=True)
class Beat:
    """A beat as it is told of the article's data.

    Args:
        name: as the command knows it.
        title: what the chapter is called.
        said: its narration.
        alt: its last picture, for those who do not see it.
        caption: what is printed below that picture.
    """

    name: str
    title: str
    said: str
    alt: str
    caption: str


@dataclass(frozen=True)
class Scene:
    """A scene as it is told of the article's data; ``numbers`` are those in its words, with their names."""

    name: str
    stem: str
    title: str
    cuts: tuple[str, ...]
    poster: Beat
    beats: tuple[Beat, ...]
    numbers: tuple[tuple[str, str], ...]


def pages() -> dict[str, str]:
    """The pages' text in Markdown, by their paths."""
    with manim_configured(SETTINGS):
        told = [_scene(source) for source in discover.film()]
    overview = "\n".join(_overview(told))
    return {f"{FOLDER}/index.md": overview} | {
        f"{FOLDER}/{item.stem}.md": unbroken("\n".join(_page(number, item)))
        for number, item in enumerate(told, start=1)
    }


def _scene(source: discover.SceneSource) -> Scene:
    from scenes.kit.script.words import Words, book

    words = Words(source.name, LESSON)
    beats = tuple(
        Beat(
            name,
            words.beat_title(name),
            words.caption(name),
            words.alt(name),
            words.figure_caption(name),
        )
        for name in words.beats
    )
    texts = [text for beat in beats for text in (beat.said, beat.alt, beat.caption)]
    for key in book(words.language.code)[source.name]:
        try:
            texts.append(words.text(key))
        except (KeyError, ValueError, TypeError):  # it holds a number that only the drawn scene knows
            continue
    shown = {(quantity.name, quantity.text) for text in texts for quantity in words.quantities(text)}
    poster = discover.load(source).poster
    return Scene(
        name=source.name,
        stem=source.path.stem,
        title=words.title,
        cuts=tuple(name for name, cut in scenes.cuts().items() if source.name in {item.name for item in cut}),
        poster=next((beat for beat in beats if beat.name == poster), beats[-1]),
        beats=beats,
        numbers=tuple(sorted(shown)),
    )


def _overview(told: list[Scene]) -> Iterator[str]:
    yield from ("# Gallery", "")
    yield f"All {len(told)} scenes in their order; the film leaves out those that say so. Each has a page:"
    yield from ("its still, what is said, the numbers in it, the line that renders it, and its code.", "")
    yield ":::{container} gallery"
    for number, item in enumerate(told, start=1):
        apart = "" if "full" in item.cuts else ", in the cut `everything` alone"
        yield f"- [![]({_picture(item)}) {number}. {item.title}, `{item.name}`]({item.stem}.md){apart}"
    yield from (":::", "", "```{toctree}", ":hidden:", "", *(item.stem for item in told), "```", "")


def _page(number: int, item: Scene) -> Iterator[str]:
    yield from (f"# {item.title}", "")
    yield from (f"Scene {number}, `{item.name}`, in the cuts {', '.join(item.cuts)}.", "")
    yield from (f"```{{image}} {_picture(item)}", f":alt: {item.poster.alt}", ":class: still", "```", "")
    yield from (f"*The still of the beat `{item.poster.name}`. {item.poster.caption}*", "")
    yield from ("## What is said", "")
    for beat in item.beats:
        stop = "" if beat.title.endswith("?") else "."
        yield from (f"**{beat.title}{stop}** {beat.said}", "")
    if item.numbers:
        yield from ("## The numbers in it", "")
        yield "By the names that the words know them by: attributes of the [lesson](../reference/lesson.md),"
        yield "and what a scene has in a table of its own."
        yield from ("", "| number | its name |", "|---|---|")
        yield from (f"| {text} | `{name}` |" for name, text in item.numbers)
        yield ""
    yield from ("## Render it", "", "```sh", *_commands(item), "```", "")
    yield "These run in any folder, in a checkout as with an installed wheel. Choose theme and data as in"
    yield from ("[the film](../guide/film.md).", "", "## Its code", "")
    yield from (f"<details><summary>scenes/{item.stem}.py</summary>", "")
    yield from (f"```{{literalinclude}} ../../scenes/{item.stem}.py", ":language: python", "```", "")
    yield from ("</details>", "")


def _commands(item: Scene) -> Iterator[str]:
    commands = {
        f'manim render -qh "$(bnviz where {item.name})" {item.name}': "as with any Manim scene",
        f"bnviz scene {item.name} --quality low": "the same with its captions",
        f"bnviz clip {item.name}/{item.poster.name}": "one beat",
        f"bnviz figures --scenes {item.name}": "its stills for an article",
        f"bnviz data --scene {item.name}": "the arrays that it draws",
    }
    width = max(map(len, commands))
    return (f"{command:{width}}  # {why}" for command, why in commands.items())


def _picture(item: Scene) -> str:
    return f"../../media/posters/{item.stem}.png"
