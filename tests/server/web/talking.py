"""What a person does in the widget, by what its parts are called."""

from playwright.sync_api import Locator, Page, expect


class Widget:
    """One widget of a page, in Japanese."""

    def __init__(self, page: Page, within: str = "kaikaku-chat") -> None:
        self.page = page
        self.host = page.locator(within)

    @property
    def question(self) -> Locator:
        return self.host.locator(".panel #question")

    @property
    def log(self) -> Locator:
        return self.host.get_by_role("log")

    @property
    def answers(self) -> Locator:
        return self.host.locator(".answer:not(.draft)")

    @property
    def status(self) -> Locator:
        return self.host.locator(".status")

    @property
    def card(self) -> Locator:
        return self.host.locator(".panel .card")

    def button(self, name: str) -> Locator:
        return self.host.get_by_role("button", name=name, exact=True)

    def open(self) -> "Widget":
        self.host.get_by_role("button", name="計画について質問する").click()
        expect(self.question).to_be_focused()
        return self

    def ask(self, text: str) -> Locator:
        """Ask, and return the answer."""
        before = self.answers.count()
        self.question.fill(text)
        self.question.press("Enter")
        expect(self.answers).to_have_count(before + 1)
        return self.answers.last
