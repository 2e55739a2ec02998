"""docs/embedding.md keeps its word: its snippets are taken out of it, built, and looked at in a browser."""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bnviz.browser import MISSING, Browser, chromium, served
from tests.bnviz.films import moving, write_film

DOCS = Path(__file__).parents[3] / "docs"
TEXT = (DOCS / "embedding.md").read_text(encoding="utf-8")
PAGE = "<!doctype html><title>Play</title><p id=told></p><script>told.textContent = 'it runs'</script>"
SITE = "https://your-site.org"
CAPTIONS = "WEBVTT\n\n00:00:00.000 --> 00:00:02.000\nA ball steps downhill.\n"
PICTURE = (
    "<svg xmlns='http://www.w3.org/2000/svg' width='85mm' height='40mm'><rect width='9' height='9'/></svg>"
)


def snippets(heading: str, language: str) -> list[str]:
    """The blocks of a language in the section of this heading, as they stand there."""
    section = re.split(rf"^## {re.escape(heading)}\n", TEXT, flags=re.MULTILINE)[1].split("\n## ")[0]
    return [
        block
        for name, block in re.findall(r"^```(\w+)\n(.*?)^```$", section, re.M | re.S)
        if name == language
    ]


def anchor(heading: str) -> str:
    """What a heading is called in an address."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def build(*words: str, folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *words],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stdout + done.stderr


def need(package: str) -> None:
    if importlib.util.find_spec(package) is None:
        pytest.skip(f"there is no {package} here; it is in the extra test")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with the files that the snippets name."""
    (tmp_path / "play.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "valley.vtt").write_text(CAPTIONS, encoding="utf-8")
    (tmp_path / "valley-descent.svg").write_text(PICTURE, encoding="utf-8")
    shutil.copy(DOCS.parent / "media" / "posters" / "valley.png", tmp_path)
    write_film(tmp_path / "valley.mp4", moving(2))
    return tmp_path


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if MISSING:
        pytest.skip(MISSING)
    with chromium(1000, 800) as browser:
        yield browser


def require_frame(browser: Browser, address: str) -> None:
    """The page in the frame of the page at ``address`` is seen and runs, shut off from what is around it."""
    browser.complaints()  # those of before are not this page's
    browser.open(address)
    browser.wait("return document.readyState === 'complete'")
    browser.run("document.querySelector('iframe').scrollIntoView()")
    frame = browser.driver.find_element("css selector", "iframe")
    box = frame.rect
    assert box["width"] > 300 and box["height"] > 300, box
    assert frame.get_attribute("title") == "Batch normalization to play with"
    browser.driver.switch_to.frame(frame)
    try:
        browser.wait("return document.body?.innerText === 'it runs'")
        assert browser.run("return origin") == "null"
    finally:
        browser.driver.switch_to.default_content()
    assert [told for told in browser.complaints() if "favicon" not in told] == []


# -- what a test can build --
def test_a_page_of_one_s_own(browser: Browser, place: Path) -> None:
    (snippet,) = snippets("A page of one's own", "html")
    (place / "index.html").write_text(f"<!doctype html><title>Own</title>{snippet}", encoding="utf-8")
    with served(browser, place) as address:
        require_frame(browser, address)
        browser.wait("return document.querySelector('video').readyState === 4")
        cue = browser.wait("return document.querySelector('video').textTracks[0].cues?.[0]?.text")
        assert cue == "A ball steps downhill."
        poster = "const it = new Image(); it.src = document.querySelector('video').poster; await it.decode();"
        assert browser.run(f"{poster} return it.naturalWidth") > 100
        assert browser.run("return document.querySelector('img').naturalWidth") == round(85 / 25.4 * 96)


def test_sphinx_with_myst(browser: Browser, place: Path) -> None:
    need("myst_parser")
    (conf,), (snippet,) = snippets("Sphinx", "python"), snippets("Sphinx", "html")
    (place / "conf.py").write_text(conf, encoding="utf-8")
    (place / "index.md").write_text(f"# A page\n\n{snippet}", encoding="utf-8")
    build("sphinx", "-q", "-W", "-b", "html", ".", "built", folder=place)
    with served(browser, place / "built") as address:
        require_frame(browser, f"{address}/index.html")


def test_sphinx_alone(browser: Browser, place: Path) -> None:
    need("sphinx")
    (snippet,) = snippets("Sphinx", "rst")
    (place / "conf.py").write_text('html_extra_path = ["play.html"]\n', encoding="utf-8")
    (place / "index.rst").write_text(f"A page\n======\n\n{snippet}", encoding="utf-8")
    build("sphinx", "-q", "-W", "-b", "html", ".", "built", folder=place)
    with served(browser, place / "built") as address:
        require_frame(browser, f"{address}/index.html")


def test_mkdocs(browser: Browser, place: Path) -> None:
    """On a page in its own folder, and on the index, whose address is the other one."""
    need("mkdocs")
    (snippet,) = snippets("MkDocs", "html")
    (place / "docs").mkdir()
    (place / "play.html").rename(place / "docs" / "play.html")
    (place / "docs" / "page.md").write_text(f"# A page\n\n{snippet}", encoding="utf-8")
    (place / "docs" / "index.md").write_text(
        "# Home\n\n" + snippet.replace("../play.html", "play.html"), encoding="utf-8"
    )
    (place / "mkdocs.yml").write_text(
        "site_name: Try\ntheme: {name: mkdocs, highlightjs: false}\n", encoding="utf-8"
    )
    build("mkdocs", "build", "-q", "--strict", folder=place)
    with served(browser, place / "site") as address:
        require_frame(browser, f"{address}/page/")
        require_frame(browser, f"{address}/")


def test_reveal_js(browser: Browser, place: Path) -> None:
    need("pyreveal")
    (snippet,) = snippets("reveal.js", "html")
    found = importlib.util.find_spec("pyreveal")
    assert found is not None and found.origin is not None
    for name in ("reveal.js", "reveal.css"):
        shutil.copy(Path(found.origin).parent / "revealjs" / "dist" / name, place)
    (place / "index.html").write_text(
        "<!doctype html><title>Talk</title><link rel=stylesheet href=reveal.css>"
        f'<div class="reveal"><div class="slides"><section>First</section>{snippet}</div></div>'
        "<script src=reveal.js></script><script>Reveal.initialize()</script>",
        encoding="utf-8",
    )
    with served(browser, place) as address:
        browser.open(f"{address}/index.html")
        browser.wait("return Reveal.isReady()")
        assert browser.run("return document.querySelector('iframe').getAttribute('src')") is None
        require_frame(browser, f"{address}/index.html#/1")


@pytest.mark.parametrize("heading", ["Moodle", "WordPress"])
def test_what_a_site_is_given_works_in_a_page(browser: Browser, place: Path, heading: str) -> None:
    """The site itself cannot be tried; the page comes from another host than the one around it."""
    (snippet,) = snippets(heading, "html")
    (place / "around").mkdir()
    with served(browser, place) as host, served(browser, place / "around") as site:
        assert SITE in snippet
        around = f"<!doctype html><title>Course</title>{snippet.replace(SITE, host)}"
        (place / "around" / "index.html").write_text(around, encoding="utf-8")
        require_frame(browser, f"{site}/index.html")


def test_what_quarto_is_given_works_in_a_page(browser: Browser, place: Path) -> None:
    """Quarto itself is not here; raw HTML goes through it as it is."""
    (raw,) = re.findall(r"^```\{=html\}\n(.*?)^```$", TEXT, re.M | re.S)
    (place / "index.html").write_text(f"<!doctype html><title>Article</title>{raw}", encoding="utf-8")
    with served(browser, place) as address:
        require_frame(browser, f"{address}/index.html")


def test_a_host_that_takes_its_own_files_alone_refuses_the_one_file(browser: Browser, place: Path) -> None:
    """And shows the folder's form, whose scripts are files."""
    (place / "play.js").write_text("told.textContent = 'it runs'", encoding="utf-8")
    (snippet,) = snippets("A page of one's own", "html")
    frame = re.sub(r' style=".*?"', "", snippet[: snippet.index("</iframe>") + 9])
    for name, page in {
        "one": PAGE,
        "folder": PAGE[: PAGE.index("<script>")] + "<script src=play.js></script>",
    }.items():
        (place / "play.html").write_text(page, encoding="utf-8")
        (place / f"{name}.html").write_text(f"<!doctype html><title>{name}</title>{frame}", encoding="utf-8")
        with served(browser, place, {"Content-Security-Policy": "default-src 'self'"}) as address:
            browser.open(f"{address}/{name}.html")
            browser.wait("return document.readyState === 'complete'")
            browser.driver.switch_to.frame(browser.driver.find_element("css selector", "iframe"))
            browser.wait("return document.readyState === 'complete' && !!document.getElementById('told')")
            shown = browser.run("return document.body.innerText")
            browser.driver.switch_to.default_content()
        assert shown == ("it runs" if name == "folder" else ""), name
    browser.complaints()


# -- the page itself --
def test_the_lines_for_a_notebook_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    lines = re.findall(r"^```python\n(.*?)^```$", TEXT, re.M | re.S)[0]
    names: dict[str, object] = {}
    exec(lines, names)
    assert {"lesson", "video", "figure"} <= names.keys()
    assert all("_repr_html_" in dir(names[name]) for name in ("lesson", "video", "figure"))


def test_every_way_from_the_page_leads_somewhere() -> None:
    headings = {anchor(found) for found in re.findall(r"^#+ (.*)$", TEXT, re.MULTILINE)}
    for target in re.findall(
        r"\]\((?!https:)([^)]+)\)", re.sub(r"^````.*?^````$", "", TEXT, flags=re.M | re.S)
    ):
        file, _, part = target.partition("#")
        assert not file or (DOCS / file).is_file(), target
        other = (DOCS / file).read_text(encoding="utf-8") if file else TEXT
        known = headings if not file else {anchor(it) for it in re.findall(r"^#+ (.*)$", other, re.MULTILINE)}
        assert not part or part in known, target
