from hypothesis import given
from hypothesis import strategies as st

from assistant.channels.html import answer_html


def test_markdown_becomes_html() -> None:
    assert answer_html("**財務課**です。[1]\n\n- 一\n- 二") == (
        "<p><strong>財務課</strong>です。[1]</p>\n<ul>\n<li>一</li>\n<li>二</li>\n</ul>\n"
    )


def test_a_table_becomes_a_table() -> None:
    assert "<td>財務課</td>" in answer_html("|課|\n|---|\n|財務課|\n")


def test_markup_in_a_quoted_plan_is_inert() -> None:
    html = answer_html("<script>alert(1)</script> <img src=x onerror=alert(1)> [x](javascript:alert(1)) ![y](http://z)")
    for wrong in ("<script", "<img", "<a", "href"):
        assert wrong not in html


@given(st.text())
def test_any_text_becomes_html_without_attributes(text: str) -> None:
    assert "=" not in "".join(part.split(">")[0] for part in answer_html(text).split("<")[1:])
