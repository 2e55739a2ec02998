"""A real Chromium without a window or a network, for the tests of what opens in one."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from types import MappingProxyType
from typing import Any

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
MISSING = (
    ""
    if CHROMIUM and DRIVER
    else "there is no chromium here; install it with: sh bnviz/setup.sh voice slides test browser"
)


class Browser:
    """A page in Chromium. Every request that it makes is remembered."""

    def __init__(self, driver: Any) -> None:
        self.driver = driver
        self._events: list[dict[str, Any]] = []

    def open(self, address: str) -> None:
        self.driver.get(address)

    def be_offline(self, is_offline: bool) -> None:
        network = {"offline": is_offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
        self.driver.execute_cdp_cmd("Network.emulateNetworkConditions", network)

    def run(self, script: str) -> Any:
        """What a piece of JavaScript gives back; it may await."""
        wrapped = f"const done = arguments[0]; (async () => {{ {script} }})().then(done, e => done('' + e))"
        return self.driver.execute_async_script(wrapped)

    def press(self, key: str) -> None:
        from selenium.webdriver.common.action_chains import ActionChains

        ActionChains(self.driver).send_keys(key).perform()

    def wait(self, script: str, seconds: float = 20.0) -> Any:
        """What a piece of JavaScript gives back as soon as that is true."""
        deadline = time.monotonic() + seconds
        while not (found := self.run(script)):
            assert time.monotonic() < deadline, f"not in {seconds} s: {script}"
            time.sleep(0.05)
        return found

    def requests(self) -> list[str]:
        """The addresses of everything that was asked for."""
        for entry in self.driver.get_log("performance"):
            self._events.append(json.loads(entry["message"])["message"])
        return [
            event["params"]["request"]["url"]
            for event in self._events
            if event["method"] == "Network.requestWillBeSent"
        ]

    def complaints(self) -> list[str]:
        """What the page wrote to the console that is not good: errors and warnings."""
        return [entry["message"] for entry in self.driver.get_log("browser") if entry["level"] != "INFO"]


class _Quiet(SimpleHTTPRequestHandler):
    """A server of files that does not talk, and knows no ranges."""

    headers_of_all: Mapping[str, str] = {}

    def end_headers(self) -> None:
        for name, value in self.headers_of_all.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def served(
    browser: Browser, folder: Path, headers: Mapping[str, str] = MappingProxyType({})
) -> Iterator[str]:
    """The address of ``folder`` on a server of this machine, which ``browser`` may ask meanwhile."""
    handler = type("Handler", (_Quiet,), {"headers_of_all": headers})
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        browser.be_offline(False)
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        browser.be_offline(True)
        server.shutdown()
        server.server_close()


@contextmanager
def chromium(width: int = 960, height: int = 540) -> Iterator[Browser]:
    """A browser that is closed again."""
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for argument in (
        "--headless=new",
        "--no-sandbox",  # tests may run as root
        "--disable-dev-shm-usage",
        "--disable-gpu",
        "--mute-audio",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # there is no network
        f"--window-size={width},{height}",
    ):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(executable_path=DRIVER))
    try:
        driver.set_script_timeout(30)
        driver.execute_cdp_cmd("Network.enable", {})
        browser = Browser(driver)
        browser.be_offline(True)
        yield browser
    finally:
        driver.quit()


def prefer(browser: Browser, **preferences: str) -> None:
    features = [{"name": name.replace("_", "-"), "value": value} for name, value in preferences.items()]
    browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})


@contextmanager
def screen(browser: Browser, width: int, height: int = 844) -> Iterator[Browser]:
    """A screen of another size, such as a phone's, which is touched."""
    size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
    browser.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    try:
        yield browser
    finally:
        browser.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
