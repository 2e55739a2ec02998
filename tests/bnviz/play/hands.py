"""Hands in the tests of the page to play with: a mouse, a finger, and a file that is dropped."""

from __future__ import annotations

from tests.bnviz.browser import Browser
from tests.bnviz.play.conftest import PAGE, text


def dropped(browser: Browser, name: str, content: str) -> str:
    browser.run(
        f"const data = new DataTransfer(); data.items.add(new File([{content!r}], {name!r}));"
        "document.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true }));"
        "await new Promise(done => setTimeout(done, 600))"
    )
    return text(browser, "own-said")


def place_of_start(browser: Browser) -> tuple[float, float]:
    """Where the start stands on the surface, in the window."""
    x, y = browser.run(
        f"const l = {PAGE}.panels.loss; const b = l.pictures.surface.canvas.getBoundingClientRect();"
        "const p = l.pictures.surface.places.toPicture(l.model.start); return [p[0] + b.left, p[1] + b.top]"
    )
    return x, y


def drag(browser: Browser, start: tuple[float, float], way: tuple[float, float]) -> None:
    send = browser.driver.execute_cdp_cmd
    x, y = start

    def mouse(kind: str, dx: float, dy: float) -> None:
        send(
            "Input.dispatchMouseEvent",
            {"type": kind, "x": x + dx, "y": y + dy, "button": "left", "buttons": 1, "clickCount": 1},
        )

    mouse("mousePressed", 0, 0)
    for share in (0.25, 0.5, 0.75, 1.0):
        mouse("mouseMoved", share * way[0], share * way[1])
    mouse("mouseReleased", *way)
    browser.run("await new Promise(done => setTimeout(done, 500))")


def touch(browser: Browser, kind: str, *place: float) -> None:
    points = [{"x": place[0], "y": place[1]}] if place else []
    browser.driver.execute_cdp_cmd("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
