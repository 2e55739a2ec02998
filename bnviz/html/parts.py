"""Scripts, styles and files of a page that may lie in it, and the policy of one that holds them all.

Source: Content Security Policy Level 3, https://www.w3.org/TR/CSP3.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

KINDS = {".jpg": "image/jpeg", ".svg": "image/svg+xml", ".ttf": "font/ttf"}
NOTHING_MORE: Mapping[str, Sequence[str]] = MappingProxyType({})


@dataclass(frozen=True)
class Part:
    """A script or a style sheet: its text, and its address from the page where it lies beside it."""

    text: str
    address: str = ""

    @property
    def hash(self) -> str:
        """How a policy names it where it is inline."""
        return f"'sha256-{base64.b64encode(hashlib.sha256(self.text.encode()).digest()).decode()}'"


def policy(
    sheets: Sequence[Part], scripts: Sequence[Part], more: Mapping[str, Sequence[str]] = NOTHING_MORE
) -> str:
    """What a page in one file may do: run and apply what it holds, and ask for nothing.

    Args:
        sheets: every style sheet, in it or added by a script.
        scripts: every script.
        more: further sources by their directive, such as ``{"media-src": ["blob:"]}``.
    """
    allowed = {
        "default-src": ["'none'"],
        "script-src": [part.hash for part in scripts],
        "style-src": [part.hash for part in sheets],
        "img-src": ["data:"],
        "font-src": ["data:"],
        **more,
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
    }
    return "; ".join(" ".join([name, *sources]) for name, sources in allowed.items())


def data_address(path: Path) -> str:
    """A file as an address that holds all that is in it."""
    return address_of_bytes(KINDS[path.suffix], path.read_bytes())


def address_of_bytes(kind: str, content: bytes) -> str:
    """Bytes of a media type as an address that holds them."""
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"


def in_base64(path: Path) -> str:
    """A file's bytes as text."""
    return base64.b64encode(path.read_bytes()).decode()
