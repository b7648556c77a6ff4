import html

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from assistant.answers import Answer
from assistant.channels.html import answer_html
from assistant.channels.openai.chat import as_markdown


def test_markdown_becomes_html() -> None:
    assert answer_html("**財務課**です。[1]\n\n- 一\n- 二") == (
        "<p><strong>財務課</strong>です。[1]</p>\n<ul>\n<li>一</li>\n<li>二</li>\n</ul>\n"
    )


def test_a_table_becomes_a_table() -> None:
    assert "<td>財務課</td>" in answer_html("|課|\n|---|\n|財務課|\n")


def test_markup_in_a_quoted_plan_is_inert() -> None:
    shown = answer_html(
        "<script>alert(1)</script> <img src=x onerror=alert(1)> [x](javascript:alert(1)) ![y](http://z)"
    )
    for wrong in ("<script", "<img", "<a", "href"):
        assert wrong not in shown


@given(st.text())
def test_any_text_becomes_html_without_attributes(text: str) -> None:
    assert "=" not in "".join(part.split(">")[0] for part in answer_html(text).split("<")[1:])


@pytest.mark.parametrize(
    "printed",
    [
        "![x](https://evil.example/p.png)",
        "[x](https://evil.example/)",
        "<img src=x>",
        "<https://evil.example/>",
        "[1]: https://evil.example/",
        "\\![x](y)",
        "\\\\<b>",
    ],
)
def test_what_a_plan_prints_is_shown_as_printed(printed: str) -> None:
    assert html.unescape(answer_html(f"前{printed}後")) == f"<p>前{printed}後</p>\n"
    shown = MarkdownIt("commonmark").render(as_markdown(Answer("answered", f"{printed}。"), "http://here"))
    assert html.unescape(shown) == f"<p>{printed}。</p>\n"
    assert not [tag for tag in ("<img", "<a ", "<b>") if tag in shown]


@pytest.mark.parametrize("plain", ["財務課です。[1]", "3！［注］", "A > B", "|課|\n|---|\n|甲|"])
def test_text_that_is_no_markup_stays_as_it_is(plain: str) -> None:
    assert as_markdown(Answer("answered", plain), "http://here") == plain
