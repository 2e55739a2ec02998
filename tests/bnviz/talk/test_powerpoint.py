"""PowerPoint's slides: what is on them, the order of their XML, and what another program makes of it."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import av
import numpy as np
import pytest
from PIL import Image

from bnviz.run import discover
from bnviz.run.stills import beat_stills
from bnviz.talk.deck import Slide
from bnviz.talk.slides import make_slides
from scenes.kit import theme
from scenes.kit.settings import Settings
from tests.bnviz.conftest import EXAMPLES, TINY
from tests.bnviz.talk.conftest import MadeTalk, talk_of

pptx = pytest.importorskip("pptx")
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P14 = "{http://schemas.microsoft.com/office/powerpoint/2010/main}"

# The order of children in ECMA-376, part 1, of those elements that are written here.
ORDER = {
    "presentation": "sldMasterIdLst notesMasterIdLst handoutMasterIdLst sldIdLst sldSz notesSz smartTags "
    "embeddedFontLst custShowLst photoAlbum custDataLst kinsoku defaultTextStyle modifyVerifier extLst",
    "sld": "cSld clrMapOvr transition timing extLst",
    "spTree": "nvGrpSpPr grpSpPr sp grpSp graphicFrame cxnSp pic contentPart extLst",
    "cTn": "stCondLst endCondLst endSync iterate childTnLst subTnLst",
    "seq": "cTn prevCondLst nextCondLst",
    "cBhvr": "cTn tgtEl attrNameLst",
    "set": "cBhvr to",
    "cMediaNode": "cTn tgtEl",
    "pPr": "lnSpc spcBef spcAft buClrTx buClr buSzTx buFontTx buFont buNone buAutoNum buChar tabLst defRPr",
    "clrScheme": "dk1 lt1 dk2 lt2 accent1 accent2 accent3 accent4 accent5 accent6 hlink folHlink",
}
MIXED = ("spTree",)  # whose kinds of children may come in any order, between the first two and the last


@pytest.fixture(scope="module")
def deck(paged: MadeTalk) -> Any:
    return pptx.Presentation(str(paged.powerpoint))


def parts(path: Path) -> dict[str, ElementTree.Element]:
    with zipfile.ZipFile(path) as file:
        return {
            name: ElementTree.fromstring(file.read(name))
            for name in file.namelist()
            if name.endswith((".xml", ".rels"))
        }


def pictures_of(page: Any) -> list[Any]:
    """A slide's movie, and the still over it."""
    return [shape for shape in page.shapes if shape._element.tag == f"{P}pic"]


def ends_of(path: Path) -> tuple[np.ndarray, np.ndarray]:
    """The first and the last picture of a movie."""
    with av.open(path) as container:
        frames = [frame.to_ndarray(format="rgb24", threads=1) for frame in container.decode(video=0)]
    return frames[0], frames[-1]


def decoded(blob: bytes) -> np.ndarray:
    return np.array(Image.open(io.BytesIO(blob)).convert("RGB")).astype(int)


def drawn(slide: Slide) -> np.ndarray:
    """The beat's still as the scene draws it, without a video."""
    placed = slide.placed
    source, light = discover.find(placed.scene.name, EXAMPLES), Settings(voice=False, theme="light")
    return beat_stills(source, light, *TINY.size)[placed.beat.name].picture.astype(int)


# -- the slides --
def test_title_beats_and_credits_are_slides_of_16_to_9(deck: Any, paged: MadeTalk) -> None:
    assert (deck.slide_width.inches, deck.slide_height.inches) == pytest.approx((13.333, 7.5))
    titles = [slide.shapes.title.text for slide in deck.slides]
    assert titles == ["From Valley to Bowl", *(slide.title for slide in paged.slides), "Credits"]


def test_the_first_slide_says_who_speaks_where_and_when(deck: Any) -> None:
    said = [shape.text_frame.text for shape in deck.slides[0].shapes if shape.has_text_frame]
    assert "Ada Lovelace\nSeminar, Room 1 & 2\n1 May" in said
    assert deck.core_properties.author == "Ada Lovelace"


def test_the_last_slide_has_the_film_s_credits(deck: Any) -> None:
    text = deck.slides[-1].placeholders[1].text_frame.text
    for owed in ("Peng Qian, 2024", "Manim Community", "Lato (SIL Open Font License)", "MIT"):
        assert owed in text
    assert "Voice" not in text  # nobody is heard


def test_nothing_that_is_written_is_smaller_than_18_points(deck: Any) -> None:
    sizes = [
        run.font.size.pt
        for slide in deck.slides
        for shape in slide.shapes
        if shape.has_text_frame
        for paragraph in shape.text_frame.paragraphs
        for run in paragraph.runs
    ]
    assert len(sizes) >= 5 + 3 and min(sizes) >= 18
    numbers = [size for page in deck.slides for size in page._element.xpath(".//a:fld/a:rPr/@sz")]
    assert numbers == ["1800"] * (len(deck.slides) - 1)


def test_a_slide_s_title_lies_beside_it(deck: Any) -> None:
    """For outlines and screen readers; the picture has its own words."""
    for slide in list(deck.slides)[1:-1]:
        title = slide.shapes.title
        assert title.top + title.height < 0


def test_a_slide_has_its_movie_its_still_over_it_and_its_notes(deck: Any, paged: MadeTalk) -> None:
    for page, slide in zip(list(deck.slides)[1:-1], paged.slides, strict=True):
        movie, still = pictures_of(page)
        file = paged.folder / "valley-to-bowl_files" / f"{slide.name}.mp4"
        assert (
            page.part.related_part(movie._element.xpath(".//a:videoFile/@r:link")[0]).blob
            == file.read_bytes()
        )
        first, last = ends_of(file)
        assert np.abs(decoded(movie.poster_frame.blob) - first).mean() < 1
        shown = decoded(still.image.blob)
        assert np.abs(shown - drawn(slide)).mean() < 2
        if slide.loop:  # whose last picture is nearly its first
            assert np.abs(shown - last).mean() > 2 * np.abs(shown - drawn(slide)).mean()
        else:
            assert np.abs(shown - last).mean() < 1
        for shape in (movie, still):
            assert (shape.left, shape.top, shape.width, shape.height) == (
                0,
                0,
                deck.slide_width,
                deck.slide_height,
            )
            assert shape._element.xpath(".//p:cNvPr/@descr")[0]
        assert page.notes_slide.notes_text_frame.text == slide.notes


def test_the_deck_is_in_the_film_s_colors_so_that_a_new_slide_is_too(deck: Any) -> None:
    light, found = theme.named("light"), {}
    part = deck.slide_master.part.part_related_by(
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/theme"
    )
    for color in ElementTree.fromstring(part.blob).find(f".//{A}clrScheme"):
        found[color.tag.removeprefix(A)] = color[0].get("val")
    assert found["lt1"] == light.background.to_hex()[1:]
    assert found["dk1"] == light.text.to_hex()[1:]
    assert (found["accent1"], found["accent2"]) == (light.valley.to_hex()[1:], light.bowl.to_hex()[1:])


# -- what plays when --
def effects(page: Any) -> list[tuple[str, str, str, str]]:
    """Class, start, delay of its group and shape of each effect, in order."""
    found = []
    for effect in page._element.xpath(".//p:cTn[@presetClass]"):
        group = effect.getparent().getparent().getparent()
        (delay,) = (node.get("delay") for node in group.findall(f"{P}stCondLst/{P}cond"))
        (shape,) = (node.get("spid") for node in effect.findall(f".//{P}spTgt"))
        found.append((effect.get("presetClass"), effect.get("nodeType"), delay, shape))
    return found


def test_the_movie_plays_with_the_slide_and_the_still_comes_when_it_has_ended(
    deck: Any, paged: MadeTalk
) -> None:
    for page, slide in zip(list(deck.slides)[1:-1], paged.slides, strict=True):
        movie, still = (str(shape.shape_id) for shape in pictures_of(page))
        milliseconds = round((slide.placed.last - slide.placed.first) / 15 * 1000)
        play = ("mediacall", "afterEffect", "0", movie)
        clicks = page._element.xpath(".//p:cTn[@nodeType='mainSeq']/p:childTnLst/p:par")
        assert [node.get("val") for node in clicks[0].findall(f"{P}cTn/{P}stCondLst/{P}cond/{P}tn")] == ["2"]
        (root, main, *_) = page._element.xpath(".//p:cTn/@nodeType")
        assert (root, main) == ("tmRoot", "mainSeq")
        repeats = page._element.xpath(".//p:video//p:cTn/@repeatCount")
        if slide.loop:
            assert effects(page) == [
                play,
                ("entr", "clickEffect", "0", still),
                ("mediacall", "withEffect", "0", movie),
            ]
            assert (len(clicks), repeats) == (2, ["indefinite"])
        else:
            assert effects(page) == [play, ("entr", "afterEffect", str(milliseconds), still)]
            assert (len(clicks), repeats) == (1, [])
        assert page._element.xpath(".//p:attrName/text()") == ["style.visibility"]
        ids = page._element.xpath(".//p:timing//p:cTn/@id")
        assert ids == [str(number) for number in range(1, len(ids) + 1)]


# -- the file --
def test_every_slide_is_in_the_section_of_its_scene(deck: Any, paged: MadeTalk) -> None:
    root = deck.part._element
    sections = root.findall(f".//{P14}section")
    assert [item.get("name") for item in sections] == ["From Valley to Bowl", "Small", "Other", "Credits"]
    assert [len(item.findall(f".//{P14}sldId")) for item in sections] == [1, 2, 1, 1]
    listed = [item.get("id") for item in root.findall(f".//{P14}sldId")]
    assert listed == [str(slide.slide_id) for slide in deck.slides]
    ids = [item.get("id") for item in sections]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"\{[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}\}", item) for item in ids)


def test_every_slide_but_the_first_has_its_number_on_top(deck: Any) -> None:
    assert not deck.slides[0]._element.xpath(".//a:fld")
    for number, page in enumerate(list(deck.slides)[1:], 2):
        top = page.shapes._spTree[-1]
        assert top.xpath(".//a:fld[@type='slidenum']/a:t/text()") == [str(number)]
        ids = page._element.xpath(".//p:cNvPr/@id")
        assert len(set(ids)) == len(ids)


def test_elements_stand_in_the_order_of_the_standard(paged: MadeTalk) -> None:
    seen = set()
    for name, root in parts(paged.powerpoint).items():
        for element in root.iter():
            kind = element.tag.split("}")[-1]
            if kind not in ORDER or not element.tag.startswith((P, A)):
                continue
            seen.add(kind)
            order = ORDER[kind].split()
            places = [order.index(child.tag.split("}")[-1]) for child in element]
            if kind in MIXED:
                places = [2 if 2 <= place < len(order) - 1 else place for place in places]
            assert places == sorted(places), f"{name}: {kind}"
    assert seen == set(ORDER)


def test_every_relationship_leads_to_a_part_and_the_notes_master_is_named(paged: MadeTalk) -> None:
    found = parts(paged.powerpoint)
    with zipfile.ZipFile(paged.powerpoint) as file:
        names = set(file.namelist())
        assert file.testzip() is None
        assert {item.date_time for item in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    for name, root in found.items():
        if not name.endswith(".rels"):
            continue
        base = Path(name).parent.parent
        for relationship in root:
            target = relationship.get("Target", "")
            place = (Path("/") / base / target).resolve() if not target.startswith("/") else Path(target)
            assert str(place).lstrip("/") in names, (name, target)
    master = found["ppt/presentation.xml"].find(f"{P}notesMasterIdLst/{P}notesMasterId")
    assert master is not None
    assert not any("thumbnail" in name for name in names)


def test_python_pptx_writes_it_again_as_it_is(paged: MadeTalk, tmp_path: Path) -> None:
    again = tmp_path / "again.pptx"
    pptx.Presentation(str(paged.powerpoint)).save(str(again))
    one, two = parts(paged.powerpoint), parts(again)
    assert one.keys() == two.keys()
    for name in (name for name in one if "slides/slide" in name or "presentation" in name):
        assert ElementTree.tostring(one[name]) == ElementTree.tostring(two[name]), name


def test_made_twice_it_is_the_same(paged: MadeTalk, tmp_path: Path) -> None:
    make_slides(talk_of(tmp_path / "talk"))
    again = tmp_path / "talk"
    with zipfile.ZipFile(paged.powerpoint) as one, zipfile.ZipFile(again / paged.powerpoint.name) as two:
        assert [name for name in one.namelist() if one.read(name) != two.read(name)] == []
    for file in (paged.powerpoint, paged.pdf):
        assert (again / file.name).read_bytes() == file.read_bytes()
