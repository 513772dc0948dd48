"""Chromium for the tests, and what every page is held to."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

# Several tests share few cores: what comes late is not missing.
PATIENCE_MILLISECONDS = 30_000
expect.set_options(timeout=PATIENCE_MILLISECONDS)

# Chromium itself asks for updates and accounts; no test reaches the network.
_QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
DESKTOP = (1280, 800)
PHONE = (390, 844)
PORTRAIT = (1080, 1920)
LANDSCAPE = (1920, 1080)
TABLET = (1280, 752)
"""A 10-inch tablet on its side, in CSS pixels, less the system's bars."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start headless Chromium, or skip the test where there is none."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    path = path or shutil.which("google-chrome")
    if path is None:
        pytest.skip("there is no Chromium on the path")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(_QUIET))
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Watch:
    """What a page did that it should not have done."""

    hosts: set[str] = field(default_factory=set)
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)


@contextmanager
def opened(
    browser: Browser,
    url: str,
    size: tuple[int, int] = DESKTOP,
    *,
    dark: bool = False,
    touch: bool = False,
    permissions: Sequence[str] = (),
) -> Iterator[tuple[Page, Watch]]:
    """Open a page in a fresh profile; script errors, CSP reports and dialogs are written down."""
    width, height = size
    context = browser.new_context(
        viewport={"width": width, "height": height},
        screen={"width": width, "height": height},
        color_scheme="dark" if dark else "light",
        has_touch=touch,
        permissions=list(permissions),
        accept_downloads=True,
    )
    page = context.new_page()
    watch = Watch()
    page.on("request", lambda request: _note(watch, request.url))
    page.on("console", lambda message: _complain(watch, message.type, message.text))
    page.on("pageerror", lambda error: watch.complaints.append(f"error: {error}"))
    page.on("dialog", lambda dialog: (watch.complaints.append("dialog"), dialog.dismiss()))
    page.set_default_timeout(PATIENCE_MILLISECONDS)
    try:
        page.goto(url)
        yield page, watch
    finally:
        context.close()


def _note(watch: Watch, url: str) -> None:
    watch.requests.append(url)
    if not url.startswith(("data:", "blob:")):
        watch.hosts.add(url.split("/")[2].rsplit(":", 1)[0])


def _complain(watch: Watch, kind: str, text: str) -> None:
    if kind in ("error", "warning"):
        watch.complaints.append(f"{kind}: {text}")


CONTRAST = ("color-contrast",)
HIGH_CONTRAST = ("color-contrast", "color-contrast-enhanced")


def axe_violations(page: Page, *, only: Sequence[str] = (), also: Sequence[str] = ()) -> list[str]:
    """Return what axe-core finds wrong, one line each.

    Args:
        page: as it stands.
        only: rules, instead of the usual ones.
        also: rules besides the usual ones.
    """
    options: dict[str, object] = {"rules": {rule: {"enabled": True} for rule in also}}
    if only:
        options = {"runOnly": {"type": "rule", "values": list(only)}}
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{rule['id']} ({rule['impact']}): {node['target']} {node['html'][:160]}"
        for rule in found
        for node in rule["nodes"]
    ]
