"""The deck's HTML and reveal.js for a host that allows only files of its own: what is inline goes to files.

Under ``Content-Security-Policy: default-src 'self'`` a browser runs no inline script, applies no inline style
and loads nothing from a ``data:`` address (https://www.w3.org/TR/CSP3). Files work there and from a folder.
"""

from __future__ import annotations

import base64
import itertools
import json
import re
from pathlib import Path
from urllib.parse import unquote

_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_DATA = re.compile(r"""url\((["']?)data:\w+/([\w.-]+)[\w+;=-]*;base64,([\w+/=%]+)\1\)""")
_VIEW = re.compile(r"`(<!--(?:[^`\\]|\\.)*</html>\s*)`", re.DOTALL)
_ESCAPE = re.compile(r"\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)", re.DOTALL)
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t", "\n": ""}
# Scripts may set a style where a page's text may not.
_SET_STYLES = (
    'document.querySelectorAll("[data-style]").forEach((e) => (e.style.cssText = e.dataset.style));\n'
)


def move_scripts(page: str, folder: Path, address: str) -> str:
    """``page``, HTML, with each inline script in a file of ``folder``, whose address on the page is given."""
    numbers = itertools.count(1)

    def beside(found: re.Match[str]) -> str:
        name = f"deck-{next(numbers)}.js"
        (folder / name).write_text(found[1], encoding="utf-8")
        return f'<script src="{address}/{name}"></script>'

    return _SCRIPT.sub(beside, page)


def move_data(sheet: Path) -> None:
    """Put the pictures and fonts that a style sheet holds in base64 into files beside it."""
    numbers = itertools.count(1)

    def beside(found: re.Match[str]) -> str:
        name = f"{sheet.stem}-{next(numbers)}.{found[2]}"
        (sheet.parent / name).write_bytes(base64.b64decode(unquote(found[3])))
        return f"url({name})"

    sheet.write_text(_DATA.sub(beside, sheet.read_text(encoding="utf-8")), encoding="utf-8")


def move_speaker_view(plugin: Path, address: str) -> None:
    """Put style and script of the speaker's window, which reveal.js's ``notes.js`` writes, beside that file.

    A plugin of another form is left as it is: its window works where inline scripts do.

    Args:
        plugin: notes.js.
        address: of its folder on the deck's page, from which the window's addresses count, too.
    """

    def beside(found: re.Match[str]) -> str:
        view = _ESCAPE.sub(lambda escape: _character(escape[1]), found[1])
        style, script = (re.search(rf"<{tag}>(.*?)</{tag}>", view, re.DOTALL) for tag in ("style", "script"))
        if style is None or script is None:
            return found[0]
        (plugin.parent / "speaker.css").write_text(style[1], encoding="utf-8")
        (plugin.parent / "speaker.js").write_text(_SET_STYLES + script[1], encoding="utf-8")
        view = view.replace(style[0], f'<link rel="stylesheet" href="{address}/speaker.css">')
        view = view.replace(script[0], f'<script src="{address}/speaker.js"></script>')
        return json.dumps(view.replace(' style="', ' data-style="'))

    plugin.write_text(_VIEW.sub(beside, plugin.read_text(encoding="utf-8")), encoding="utf-8")


def _character(escape: str) -> str:
    """What stands behind a backslash in JavaScript's text."""
    if len(escape) > 1:
        return chr(int(escape[1:], 16))
    return _ESCAPED.get(escape, escape)
