"""Reading what the site is made of, and the pages that were made."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GENERATED = ROOT / "docs" / "gallery", ROOT / "docs" / "reference"
LOADED = {"img": "src", "script": "src", "iframe": "src", "source": "src", "video": "src", "link": "href"}


def written_pages() -> list[Path]:
    """The pages that are written by hand."""
    found = [path for path in (ROOT / "docs").rglob("*.md") if path.parent not in GENERATED]
    return sorted([*found, ROOT / "README.md", ROOT / "CONTRIBUTING.md"])


@dataclass
class _Reader(HTMLParser):
    ids: set[str] = field(default_factory=set)
    links: list[str] = field(default_factory=list)
    loaded: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    _silent: int = 0

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attributes}
        self.ids |= {told["id"]} if "id" in told else set()
        if tag == "a" and "href" in told:
            self.links.append(told["href"])
        if (
            tag in LOADED
            and told.get(LOADED[tag])
            and told.get("rel") not in ("index", "search", "next", "prev")
        ):
            self.loaded.append(told[LOADED[tag]])
        self._silent += tag in ("script", "style")

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in ("script", "style")

    def handle_data(self, text: str) -> None:
        if not self._silent:
            self.words.append(text)


@dataclass(frozen=True)
class Page:
    """A page that was made; spaces in numbers are read as plain ones."""

    path: Path

    @cached_property
    def html(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def _read(self) -> _Reader:
        reader = _Reader()
        reader.feed(self.html)
        return reader

    @property
    def ids(self) -> set[str]:
        return self._read.ids

    @property
    def links(self) -> list[str]:
        return self._read.links

    @property
    def loaded(self) -> list[str]:
        return self._read.loaded

    @cached_property
    def text(self) -> str:
        return " ".join("".join(self._read.words).replace("\u202f", "").split())

    def rows(self) -> list[list[str]]:
        """Every row of every table, as text."""
        rows = re.findall(r"<tr\b.*?</tr>", self.html, re.DOTALL)
        return [
            [
                re.sub(r"<[^>]+>", "", cell).strip()
                for cell in re.findall(r"<t[dh]\b.*?</t[dh]>", row, re.DOTALL)
            ]
            for row in rows
        ]
