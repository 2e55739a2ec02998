"""What python-pptx has no words for: animations, sections, slide numbers. Elements in the order of ECMA-376.

PowerPoint repairs or refuses a file whose elements stand in another order than the schema's.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from typing import Any
from xml.sax.saxutils import quoteattr

from pptx.enum.text import PP_ALIGN
from pptx.oxml import parse_xml
from pptx.util import Inches

from bnviz.talk.powerpoint_design import DRAWING, HEIGHT, MARGIN, SMALLEST, WIDTH

PRESENTATION = "http://schemas.openxmlformats.org/presentationml/2006/main"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
POWERPOINT_2010 = "http://schemas.microsoft.com/office/powerpoint/2010/main"
SECTIONS = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"
"""The name of the extension that holds sections ([MS-PPTX] 2.1.3)."""

_P = f"{{{PRESENTATION}}}"
_NUMBER = "{C1FF6DA9-008F-8B48-92A6-B652298478BF}"  # any name of the field
_NAMES = uuid.UUID("6f6cf2b2-3bf5-5d3c-9d0c-6c5f2d8a4c11")  # of this program: sections get ids from it


def play_then_show(slide: Any, movie: int, still: int, milliseconds: int, loop: bool) -> None:
    """Let ``movie`` play when the slide comes, and ``still`` appear over it when it has ended.

    A looping movie plays until the next click, at which the still appears. What appears is hidden until then
    in a show, and seen wherever slides are drawn without one: sorter, print, PDF.

    Args:
        slide: the element ``p:sld``; an animation that it has already is replaced.
        movie: the shape's id.
        still: likewise.
        milliseconds: the movie's length.
        loop: whether it plays over and over.
    """
    play = _effect("mediacall", "afterEffect", _command("playFrom(0.0)", movie, milliseconds))
    appear = _effect("entr", "clickEffect" if loop else "afterEffect", _appear(still))
    if loop:
        stop = _effect("mediacall", "withEffect", _command("stop", movie, 1), preset=3)
        steps = [_step(_BEGIN, [_after(0, [play])]), _step("", [_after(0, [appear, stop])])]
    else:
        steps = [_step(_BEGIN, [_after(0, [play]), _after(milliseconds, [appear])])]
    timing = parse_xml(
        f'<p:timing xmlns:p="{PRESENTATION}"><p:tnLst><p:par>'
        '<p:cTn dur="indefinite" restart="never" nodeType="tmRoot"><p:childTnLst>'
        '<p:seq concurrent="1" nextAc="seek">'
        f'<p:cTn dur="indefinite" nodeType="mainSeq"><p:childTnLst>{"".join(steps)}</p:childTnLst></p:cTn>'
        f"<p:prevCondLst>{_ON_SLIDE.format('onPrev')}</p:prevCondLst>"
        f"<p:nextCondLst>{_ON_SLIDE.format('onNext')}</p:nextCondLst></p:seq>"
        f"{_media(movie, loop)}</p:childTnLst></p:cTn></p:par></p:tnLst></p:timing>"
    )
    for number, node in enumerate(timing.iter(f"{_P}cTn"), 1):
        node.set("id", str(number))
    for old in slide.findall(f"{_P}timing"):
        slide.remove(old)
    _insert(slide, timing, before=["extLst"])


_ON_SLIDE = '<p:cond evt="{}" delay="0"><p:tgtEl><p:sldTgt/></p:tgtEl></p:cond>'
# With the slide: the main sequence, which is the second node, begins.
_BEGIN = '<p:cond evt="onBegin" delay="0"><p:tn val="2"/></p:cond>'


def _step(begin: str, groups: Iterable[str]) -> str:
    """What one click starts; with ``begin`` none is needed."""
    return (
        f'<p:par><p:cTn fill="hold"><p:stCondLst><p:cond delay="indefinite"/>{begin}</p:stCondLst>'
        f"<p:childTnLst>{''.join(groups)}</p:childTnLst></p:cTn></p:par>"
    )


def _after(milliseconds: int, effects: Iterable[str]) -> str:
    return (
        f'<p:par><p:cTn fill="hold"><p:stCondLst><p:cond delay="{milliseconds}"/></p:stCondLst>'
        f"<p:childTnLst>{''.join(effects)}</p:childTnLst></p:cTn></p:par>"
    )


def _effect(kind: str, node: str, what: str, preset: int = 1) -> str:
    return (
        f'<p:par><p:cTn presetID="{preset}" presetClass="{kind}" presetSubtype="0" fill="hold"'
        f' nodeType="{node}"><p:stCondLst><p:cond delay="0"/></p:stCondLst>'
        f"<p:childTnLst>{what}</p:childTnLst></p:cTn></p:par>"
    )


def _command(command: str, shape: int, milliseconds: int) -> str:
    return (
        f'<p:cmd type="call" cmd="{command}"><p:cBhvr><p:cTn dur="{milliseconds}" fill="hold"/>'
        f'<p:tgtEl><p:spTgt spid="{shape}"/></p:tgtEl></p:cBhvr></p:cmd>'
    )


def _appear(shape: int) -> str:
    return (
        '<p:set><p:cBhvr><p:cTn dur="1" fill="hold"><p:stCondLst><p:cond delay="0"/></p:stCondLst></p:cTn>'
        f'<p:tgtEl><p:spTgt spid="{shape}"/></p:tgtEl>'
        "<p:attrNameLst><p:attrName>style.visibility</p:attrName></p:attrNameLst></p:cBhvr>"
        '<p:to><p:strVal val="visible"/></p:to></p:set>'
    )


def _media(shape: int, loop: bool) -> str:
    repeat = ' repeatCount="indefinite"' if loop else ""
    return (
        f'<p:video><p:cMediaNode vol="80000"><p:cTn{repeat} fill="hold" display="0">'
        '<p:stCondLst><p:cond delay="indefinite"/></p:stCondLst></p:cTn>'
        f'<p:tgtEl><p:spTgt spid="{shape}"/></p:tgtEl></p:cMediaNode></p:video>'
    )


def add_slide_number(slide: Any, number: int) -> None:
    """Put its number into the lower right corner of ``slide``, above all else, where the film has no letters.

    It is a text, and no placeholder: those LibreOffice draws below everything on a slide.

    Args:
        slide: python-pptx's.
        number: what is shown until a program counts the slides itself.
    """
    width = Inches(1)
    box = slide.shapes.add_textbox(WIDTH - width - Inches(0.15), HEIGHT - MARGIN, width, MARGIN)
    box.name = "Slide number"
    frame = box.text_frame
    frame.word_wrap, frame.margin_top, frame.margin_bottom = True, 0, 0
    frame.paragraphs[0].alignment = PP_ALIGN.RIGHT
    frame.paragraphs[0]._p.append(
        parse_xml(
            f'<a:fld xmlns:a="{DRAWING}" id="{_NUMBER}" type="slidenum">'
            f'<a:rPr lang="en-US" sz="{round(100 * SMALLEST.pt)}">'
            f'<a:solidFill><a:schemeClr val="tx2"/></a:solidFill></a:rPr><a:t>{number}</a:t></a:fld>'
        )
    )


def add_sections(presentation: Any, sections: Sequence[tuple[str, Sequence[int]]]) -> None:
    """Part the slides of ``presentation``, the element ``p:presentation``, into named sections.

    Args:
        presentation: whose extensions the list becomes one of.
        sections: a name each, and the ids of its slides (256 and up); each slide is in one.
    """
    listed = "".join(_section(number, *section) for number, section in enumerate(sections))
    extension = (
        f'<p:ext xmlns:p="{PRESENTATION}" uri="{SECTIONS}">'
        f'<p14:sectionLst xmlns:p14="{POWERPOINT_2010}">{listed}</p14:sectionLst></p:ext>'
    )
    if presentation.find(f"{_P}extLst") is None:  # the last of the children
        presentation.append(parse_xml(f'<p:extLst xmlns:p="{PRESENTATION}"/>'))
    presentation.find(f"{_P}extLst").append(parse_xml(extension))


def _section(number: int, name: str, slides: Sequence[int]) -> str:
    identity = str(uuid.uuid5(_NAMES, f"{number} {name}")).upper()
    ids = "".join(f'<p14:sldId id="{slide}"/>' for slide in slides)
    return (
        f'<p14:section name={quoteattr(name)} id="{{{identity}}}"><p14:sldIdLst>{ids}</p14:sldIdLst>'
        "</p14:section>"
    )


def name_notes_master(presentation: Any, relationship: str) -> None:
    """Say which part the notes' master is; python-pptx adds the part without it."""
    if presentation.find(f"{_P}notesMasterIdLst") is None:
        listed = (
            f'<p:notesMasterIdLst xmlns:p="{PRESENTATION}" xmlns:r="{RELATIONSHIPS}">'
            f'<p:notesMasterId r:id="{relationship}"/></p:notesMasterIdLst>'
        )
        presentation.find(f"{_P}sldMasterIdLst").addnext(parse_xml(listed))


def _insert(parent: Any, child: Any, before: Iterable[str]) -> None:
    """Append ``child``, or put it in front of the first of the elements called ``before``."""
    for name in before:
        if (following := parent.find(f"{_P}{name}")) is not None:
            following.addprevious(child)
            return
    parent.append(child)
