"""The README's table of contents: the film's posters in its order, between two comments.

``bnviz posters`` writes the table anew, so that it follows when a scene is added or removed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bnviz.errors import UserError
from bnviz.files import replacing
from bnviz.run.discover import SceneSource

BEGIN, END = "<!-- posters: written by bnviz posters -->", "<!-- end of posters -->"
COLUMNS = 4


def table(sources: Sequence[SceneSource], titles: Mapping[str, str]) -> str:
    """The posters in Markdown, four in a row; below each its number and its title, which lead to the scene.

    Args:
        sources: the scenes in the film's order.
        titles: by scene name.
    """
    return "\n".join(_lines(sources, titles))


def renew(page: Path, new: str, begin: str = BEGIN, end: str = END) -> bool:
    """Put a table between the comments ``begin`` and ``end`` of ``page``; returns whether that changed it.

    Raises:
        UserError: the comments are not there, each once and in order.
    """
    text = page.read_text(encoding="utf-8")
    before, _, rest = text.partition(begin)
    _, is_ended, after = rest.partition(end)
    if not is_ended or text.count(begin) > 1 or text.count(end) > 1:
        raise UserError(f"{page} has no place for the table; it needs the lines {begin} and {end}, once each")
    changed = f"{before}{begin}\n{new}\n{end}{after}"
    if changed == text:
        return False
    with replacing(page) as beside:
        beside.write_text(changed, encoding="utf-8", newline="\n")
    return True


def _lines(sources: Sequence[SceneSource], titles: Mapping[str, str]) -> Iterator[str]:
    yield "| " * COLUMNS + "|"
    yield "|---" * COLUMNS + "|"
    for start in range(0, len(sources), COLUMNS):
        row = list(enumerate(sources[start : start + COLUMNS], start=start + 1))
        gap = " |" * (COLUMNS - len(row))
        yield "|" + "".join(f" {_poster(source)} |" for _, source in row) + gap
        yield (
            "|"
            + "".join(f" {n} [{titles[source.name]}](scenes/{source.path.name}) |" for n, source in row)
            + gap
        )


def _poster(source: SceneSource) -> str:
    return f"![{source.name}](media/posters/{source.path.stem}.png)"
