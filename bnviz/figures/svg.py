"""Cairo's SVG made ready for an article: a size in mm, what it shows in words, and half as many bytes."""

from __future__ import annotations

import re
from xml.etree import ElementTree

SVG, XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
FINE = 100  # steps in one unit of a path: two decimals
STRAIGHT = 2.0  # of these steps; a curve's handles that lie as near to its chord make it a line
_REAL = re.compile(r"-?[\d.]+(?:e-?\d+)?")
_NUMBER = re.compile(r"-?\d+\.\d{6,}")
_RGB = re.compile(r"rgb\(([\d.]+)%,\s*([\d.]+)%,\s*([\d.]+)%\)")
_LINK = re.compile(r"url\(#([^)]+)\)")
_LENGTHS = "stroke-width", "stroke-dasharray", "stroke-dashoffset"
_USUAL = {"fill-opacity": "1", "stroke-opacity": "1", "stroke": "none", "fill-rule": "nonzero"}
_STYLE_ONLY = "mix-blend-mode", "isolation"  # SVG has no attributes of these names


def tidy_svg(content: bytes, size: tuple[float, float], name: str, title: str, description: str) -> bytes:
    """The same picture, ``size`` mm wide and high, with a title and a description.

    Ids begin with ``name``, so that figures of different names fit into one page, and are counted from one:
    cairo counts on through a process, and a file is to be the same when made twice. Styles become attributes,
    which hold where a page's Content-Security-Policy forbids inline styles; from cairo 1.18 on they are.
    """
    prefix = re.sub(r"[^A-Za-z0-9_-]", lambda found: f"_{ord(found[0]):x}", name)
    ElementTree.register_namespace("", SVG)
    ElementTree.register_namespace("xlink", XLINK)
    root = ElementTree.fromstring(content)
    with_id = (element.attrib["id"] for element in root.iter() if "id" in element.attrib)
    names = {old: f"{prefix}-{index}" for index, old in enumerate(with_id, start=1)}
    for element in root.iter():
        _unstyle(element)
        if element.tag == f"{{{SVG}}}path":
            _shorten(element)
        for key, value in element.attrib.items():
            element.set(key, _tidied(key.rpartition("}")[2], value, names))
    width, height = (f"{length:g}mm" for length in size)
    told = {"role": "img", "aria-labelledby": f"{prefix}-title {prefix}-desc"}
    for key, value in {"width": width, "height": height, **told}.items():
        root.set(key, value)
    for index, (tag, text) in enumerate({"title": title, "desc": description}.items()):
        element = ElementTree.Element(f"{{{SVG}}}{tag}", {"id": f"{prefix}-{tag}"})
        element.text = text
        root.insert(index, element)
    ElementTree.indent(root, space="")
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def _tidied(key: str, value: str, names: dict[str, str]) -> str:
    if key == "id":
        return names[value]
    if key == "href":
        return f"#{names[value[1:]]}" if value.startswith("#") else value
    if key == "d":
        return value
    value = _LINK.sub(lambda found: f"url(#{names[found[1]]})", value)
    value = _RGB.sub(lambda found: _hexadecimal(*map(float, found.groups())), value)
    return _NUMBER.sub(lambda found: f"{float(found[0]):.5f}".rstrip("0").rstrip("."), value).strip()


def _hexadecimal(*percents: float) -> str:
    return "#" + "".join(f"{round(percent * 2.55):02x}" for percent in percents)


def _unstyle(element: ElementTree.Element) -> None:
    """Attributes in place of a style, without what is so anyway."""
    kept = ""
    for declaration in element.attrib.pop("style", "").split(";"):
        key, _, value = (part.strip() for part in declaration.partition(":"))
        if key in _STYLE_ONLY:
            kept += f"{key}:{value};"
        elif key:
            element.set(key, value)
    if kept:
        element.set("style", kept)
    for key, value in _USUAL.items():
        if element.get(key) == value:
            del element.attrib[key]


def _shorten(element: ElementTree.Element) -> None:
    """A path in the picture's own units, short.

    Cairo strokes in the units of the one who draws, and adds how they become the picture's.
    """
    scale, move = (1.0, 1.0), (0.0, 0.0)
    if "transform" in element.attrib:
        a, b, c, d, *shift = map(float, _REAL.findall(element.attrib["transform"]))
        if b or c or abs(a) != abs(d) or _is_linked(element):
            return  # a gradient is in those units, too
        scale, move = (a, d), (shift[0], shift[1])
        del element.attrib["transform"]
        for key in _LENGTHS:
            if key in element.attrib and element.attrib[key] != "none":
                element.set(key, _scaled(element.attrib[key], abs(a)))
    element.set("d", short_path(element.attrib["d"], scale, move))


def _is_linked(element: ElementTree.Element) -> bool:
    return any("url(" in element.get(key, "") for key in ("fill", "stroke"))


def _scaled(lengths: str, factor: float) -> str:
    return ",".join(f"{float(length) * factor:.4g}" for length in re.split(r"[\s,]+", lengths))


def short_path(
    path: str, scale: tuple[float, float] = (1.0, 1.0), move: tuple[float, float] = (0.0, 0.0)
) -> str:
    """A path of cairo (M, L, C, Z with absolute places) in relative steps, straight curves as lines.

    ``scale`` and ``move`` take its places to the picture's units.
    """
    words = path.split()
    parts: list[str] = []
    x = y = home_x = home_y = 0
    index, last = 0, len(words)
    while index < last:
        command = words[index]
        count = {"M": 2, "L": 2, "C": 6, "Z": 0}[command]
        places = [
            round((float(word) * scale[axis % 2] + move[axis % 2]) * FINE)
            for axis, word in enumerate(words[index + 1 : index + 1 + count])
        ]
        index += 1 + count
        if command == "Z":
            parts.append("z")
            x, y = home_x, home_y
            continue
        if command == "M":
            if index >= last or words[index] == "M":
                continue  # cairo goes back to where a closed path began, and draws nothing there
            parts.append("M" + _numbers(places))
            home_x, home_y = places
        else:
            steps = [place - (x, y)[axis % 2] for axis, place in enumerate(places)]
            if command == "C" and _is_straight(*steps):
                steps = steps[4:]
            parts.append(("c" if len(steps) == 6 else "l") + _numbers(steps))
        x, y = places[-2:]
    return "".join(parts)


def _is_straight(ax: int, ay: int, bx: int, by: int, x: int, y: int) -> bool:
    """Whether both handles of a curve from (0, 0) to (x, y) lie on its chord, between its ends."""
    square = x * x + y * y
    near = STRAIGHT * STRAIGHT * square
    return all(
        (px * y - py * x) ** 2 <= near and 0 <= px * x + py * y <= square for px, py in ((ax, ay), (bx, by))
    )


def _numbers(steps: list[int]) -> str:
    """Hundredths as decimals, as close together as SVG can still tell them apart."""
    text = ""
    for step in steps:
        whole, part = divmod(abs(step), FINE)
        digits = f"{whole or ''}.{part:02}".rstrip("0") if part else str(whole)
        sign = "-" if step < 0 else " " if text else ""
        text += sign + digits
    return text
