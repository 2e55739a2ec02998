"""The drawing of the rooms, docs/rooms.svg, made from the code's own imports: ``python docs/rooms.py``.

A room is a package that holds modules, or a module that lies beside rooms. An arrow means "imports".
Arrows that follow from others are left out, and between the three houses only the houses are joined. A test
compares the file with what this draws.
"""

from __future__ import annotations

import ast
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path

import grimp

ROOT = Path(__file__).resolve().parent.parent
DRAWING = ROOT / "docs" / "rooms.svg"
HOUSES = {
    "bnviz": "publishing: film, talk, figures, page",
    "scenes": "the pictures, drawn with Manim",
    "bn_math": "the maths: numpy and scipy",
}
BESIDE = ("scenes.kit",)  # packages whose rooms are drawn instead of them
WIDTH, MARGIN, TITLE = 1240, 24, 46
ROW, BOX, GAP, WIDEST = 98, 62, 14, 290  # of a row and a room, between two rooms, and of the widest room
STYLE = (
    "text{font:14px Lato,'Helvetica Neue',Arial,sans-serif;fill:#15181D}"
    ".house{fill:#F3F5F8;stroke:#8A94A3}.title{font-size:20px;font-weight:700}"
    ".what{font-size:15px;font-weight:400;fill:#566070}.room{fill:#FFFFFF;stroke:#0068A8;stroke-width:1.5}"
    ".name{font-weight:700}.small{font-size:12px;font-weight:400;fill:#566070}"
    ".arrow{fill:none;stroke:#8A94A3;stroke-width:1.3;marker-end:url(#rooms-tip)}.wide{stroke-width:3}"
)
TIP = (
    '<marker id="rooms-tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" '
    'orient="auto" markerUnits="userSpaceOnUse"><path d="M0 0L8 4L0 8z" fill="#8A94A3"/></marker>'
)
Edges = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Room:
    """A box of the drawing: the rectangle's left edge, top and width in pixels."""

    name: str
    left: float
    top: float
    width: float


def room_of(module: str) -> str | None:
    """The room in which a module lies; None for the packages that only hold rooms."""
    parts = module.split(".")
    for house in (*BESIDE, *HOUSES):
        own = house.split(".")
        if parts[: len(own)] == own:
            if len(parts) == len(own):
                return None
            room = ".".join(parts[: len(own) + 1])
            is_scene = house == "scenes" and not (ROOT / Path(*room.split("."))).is_dir()
            return "scenes.*" if is_scene else room
    return None


def imports() -> Edges:
    """Which room imports which."""
    sys.path.insert(0, str(ROOT))
    graph = grimp.build_graph(*HOUSES, cache_dir=None)
    found: dict[str, set[str]] = defaultdict(set)
    for module in sorted(graph.modules):
        if room := room_of(module):
            targets = map(room_of, graph.find_modules_directly_imported_by(module))
            found[room] |= {target for target in targets if target and target != room}
    return {room: frozenset(targets) for room, targets in sorted(found.items())}


def reduced(edges: Edges) -> Edges:
    """``edges`` without those that follow from two others."""

    @cache
    def below(room: str) -> frozenset[str]:
        return edges[room].union(*map(below, edges[room])) if edges[room] else frozenset()

    return {room: to - frozenset().union(*map(below, to)) if to else to for room, to in edges.items()}


def rows(names: Iterable[str], edges: Edges) -> list[list[str]]:
    """Rooms of one house from top to bottom: each lies above all that it imports."""
    own = sorted(names)

    @cache
    def height(room: str) -> int:
        return 1 + max((height(to) for to in edges[room] if to in own), default=-1)

    return [[room for room in own if height(room) == level] for level in range(max(map(height, own)), -1, -1)]


def purpose(room: str) -> str:
    """The first sentence of what the room says of itself, up to its colon."""
    if room == "scenes.*":
        return "one scene a file, its beats in order"
    path = ROOT / Path(*room.split("."))
    file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    first = (
        (ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or "").split("\n")[0].replace("`", "")
    )
    return first.split(":")[0].split(". ")[0].rstrip(".")


def modules(room: str) -> int:
    """How many modules lie in the room."""
    if room == "scenes.*":
        return len([path for path in (ROOT / "scenes").glob("*.py") if path.stem != "__init__"])
    path = ROOT / Path(*room.split("."))
    return len([item for item in path.rglob("*.py") if item.stem != "__init__"]) if path.is_dir() else 1


def drawing() -> str:
    """The SVG."""
    every = imports()
    rooms: dict[str, Room] = {}
    parts: list[str] = []
    arrows: list[str] = []
    top = float(MARGIN)
    for house, what in HOUSES.items():
        own = {room: to for room, to in every.items() if room.split(".")[0] == house}
        inside = reduced({room: frozenset(to & own.keys()) for room, to in own.items()})
        levels = rows(own, inside)
        height = TITLE + ROW * len(levels)
        parts += frame(house, what, top, height)
        for level, names in enumerate(levels):
            rooms |= {room.name: room for room in beside(names, top + TITLE + ROW * level)}
        arrows += [arrow(rooms[one], rooms[to]) for one, targets in inside.items() for to in sorted(targets)]
        top += height + MARGIN
    boxes = [text for room in rooms.values() for text in box(room)]
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {top:g}" role="img">'
        "<title>Rooms and who imports whom</title>"
    )
    return "\n".join(
        [head, f"<style>{STYLE}</style><defs>{TIP}</defs>", *parts, *arrows, *boxes, "</svg>", ""]
    )


def frame(house: str, what: str, top: float, height: float) -> Iterator[str]:
    """A house's outline and title, and what joins it to the one below."""
    left, width = MARGIN, WIDTH - 2 * MARGIN
    yield f'<rect class="house" x="{left}" y="{top:g}" width="{width}" height="{height:g}" rx="8"/>'
    title = f'{house} <tspan class="what">{what}</tspan>'
    yield f'<text class="title" x="{left + 18}" y="{top + 30:g}">{title}</text>'
    if house != list(HOUSES)[-1]:
        middle, bottom = WIDTH / 2, top + height
        yield f'<path class="arrow wide" d="M{middle:g} {bottom:g}V{bottom + MARGIN:g}"/>'


def beside(names: Sequence[str], top: float) -> Iterator[Room]:
    """Rooms of one level, side by side in the middle."""
    width = min((WIDTH - 4 * MARGIN - GAP * (len(names) - 1)) / len(names), WIDEST)
    left = (WIDTH - width * len(names) - GAP * (len(names) - 1)) / 2
    for number, name in enumerate(names):
        yield Room(name, left + number * (width + GAP), top, width)


def box(room: Room) -> Iterator[str]:
    """A room's rectangle, its name, how many modules it has, and what it is for."""
    rectangle = f'x="{room.left:.1f}" y="{room.top:g}" width="{room.width:.1f}" height="{BOX}" rx="6"'
    yield f'<rect class="room" {rectangle}/>'
    name = "the scenes" if room.name == "scenes.*" else room.name.split(".", 1)[1]
    count = modules(room.name)
    amount = "" if count == 1 else f' <tspan class="small">{count}</tspan>'
    yield text("name", room, 22, escape(name) + amount)
    for number, line in enumerate(wrapped(purpose(room.name), room.width)):
        yield text("small", room, 38 + 15 * number, escape(line))


def text(kind: str, room: Room, down: float, markup: str) -> str:
    """Words in the middle of a room, ``down`` pixels from its top."""
    x, y = room.left + room.width / 2, room.top + down
    return f'<text class="{kind}" text-anchor="middle" x="{x:.1f}" y="{y:g}">{markup}</text>'


def wrapped(text: str, width: float) -> list[str]:
    """At most two lines of ``text`` that fit into ``width`` pixels, the second cut at a word's end."""
    most = int((width - 12) / 5.9)
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) + 1 <= most:
            lines[-1] = f"{lines[-1]} {word}".strip()
        elif len(lines) == 2:
            lines[-1] += " \u2026"
            break
        else:
            lines.append(word)
    return lines


def arrow(one: Room, other: Room) -> str:
    """A line from the bottom of one room to the top of another that lies lower."""
    x1, y1 = one.left + one.width / 2, one.top + BOX
    x2, y2 = other.left + other.width / 2, other.top
    half = (y1 + y2) / 2
    return f'<path class="arrow" d="M{x1:.1f} {y1:g}C{x1:.1f} {half:g} {x2:.1f} {half:g} {x2:.1f} {y2:g}"/>'


if __name__ == "__main__":
    DRAWING.write_text(drawing(), encoding="utf-8", newline="\n")
    print(f"{DRAWING.relative_to(ROOT)} written")
