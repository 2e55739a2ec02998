"""Joining that is not done twice: a film that was made from the very same scenes, and is whole, stays."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from bnviz.cache.code_key import ROOT, code, versions
from bnviz.files import content_of
from bnviz.film.description import About
from bnviz.film.file_names import files_of
from bnviz.film.timeline import Timeline, timeline
from bnviz.media.hardware import X264

if TYPE_CHECKING:
    from bnviz.cache.store import Store
    from bnviz.run.render import RenderedScene

JOINING = ROOT / "bnviz" / "film" / "join.py"


def join_once(
    rendered: Sequence[RenderedScene],
    output: Path,
    title: str,
    comment: str,
    language: str,
    encoder_options: Mapping[str, str],
    about: About,
    store: Store | None,
    on_join: Callable[[], None] = lambda: None,
    encoder: str = X264,
) -> Timeline:
    """Join ``rendered`` as :func:`join.join` does, unless ``store`` knows ``output`` for that film.

    Args:
        rendered: the scenes in order.
        output: the MP4 file; its captions and its description lie beside it.
        title: of the film.
        comment: for its metadata.
        language: two letters.
        encoder_options: what the scenes were encoded with.
        about: what its description says besides title and chapters.
        store: where it is noted what a film was made from; None joins in any case.
        on_join: called when there is something to do.
        encoder: what encoded the scenes.

    Raises:
        JoinError: the scenes do not fit together.
    """
    key = _made_from(rendered, title, comment, language, encoder_options, about) if store else ""
    if store and (content := _content(output)) and store.noted(key) == content:
        return timeline(rendered)
    on_join()
    from bnviz.film.join import join  # its filters take a second to import

    plan = join(rendered, output, title, comment, language, encoder_options, about, encoder)
    if store:
        store.note(key, _content(output) or "")
    return plan


def _made_from(
    rendered: Sequence[RenderedScene],
    title: str,
    comment: str,
    language: str,
    options: Mapping[str, str],
    about: About,
) -> str:
    """All that the joined film depends on, as one short text."""
    chosen = (code([JOINING]), versions(), title, comment, language, dict(options), about)
    found = hashlib.sha256(repr(chosen).encode())
    for scene in rendered:
        files = [scene.video, *(clip.path for beat in scene.beats for clip in beat.clips)]
        described = json.dumps(asdict(scene), default=lambda path: path.name)
        found.update(f"{described} {[content_of(path) for path in files]}".encode())
    return found.hexdigest()[:32]


def _content(film: Path) -> str | None:
    """What is in the film and the files beside it; None if one of them is missing."""
    try:
        return " ".join(map(content_of, files_of(film)))
    except OSError:
        return None
