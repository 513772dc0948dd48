"""What a visitor does at the terminal, step by step."""

from __future__ import annotations

from playwright.sync_api import Page, expect


def begin(page: Page) -> None:
    expect(page.locator("#attract-question")).not_to_be_empty()
    page.locator("#begin").tap()
    expect(page.locator("#start")).to_be_visible()


def ask(page: Page, question: str) -> None:
    page.locator("#own").tap()
    page.keyboard.type(question)
    page.keyboard.press("Enter")
    expect(page.locator("#answer")).to_be_visible()
