"""Every message as kept beside the tests: valid for Slack, and pictured in docs/images/slack.

After a change of wording: python -m tests.unit.assistant.slack.test_gallery, then look at the pictures.
"""

from pathlib import Path

import pytest

from tests.server.recording_slack.blocks import check_blocks, check_view
from tests.unit.assistant.slack.drawing import draw, mark_in, mark_of
from tests.unit.assistant.slack.gallery import as_json, gallery
from tests.unit.assistant.slack.lookalike import picture

ROOT = Path(__file__).resolve().parents[4]
KEPT, PICTURES = ROOT / "tests" / "expected" / "slack", ROOT / "docs" / "images" / "slack"
SHOWN = gallery()


@pytest.mark.parametrize("name", SHOWN)
def test_a_message_is_as_it_was_looked_at(name):
    _, payload = SHOWN[name]
    assert (KEPT / f"{name}.json").read_text("utf-8") == as_json(payload)
    page = picture(name, payload)
    assert (PICTURES / f"{name}.html").read_text("utf-8") == page
    assert mark_in(PICTURES / f"{name}.png") == mark_of(page), "drawn from another state of the message: draw it again"


@pytest.mark.parametrize("name", SHOWN)
def test_slack_would_show_it(name):
    surface, payload = SHOWN[name]
    if surface == "message":
        check_blocks(payload["blocks"], "message")
        assert 0 < len(payload["text"]) <= 4000
        assert len(payload.get("markdown_text", "")) <= 12_000
    else:
        check_view(payload)


def test_no_picture_is_left_of_what_is_no_longer_shown():
    for folder, kind in ((PICTURES, "html"), (PICTURES, "png"), (KEPT, "json")):
        assert {path.stem for path in folder.glob(f"*.{kind}")} == set(SHOWN)


def test_the_pictures_are_small():
    assert sum(path.stat().st_size for path in PICTURES.glob("*.png")) < 1_500_000


def test_what_is_hostile_is_shown_as_it_is():
    payload = SHOWN["hostile"][1]
    (literal,) = [one["text"] for one in payload["blocks"][0]["elements"][0]["elements"] if "偽" in one.get("text", "")]
    assert literal == "「*<!channel>* [偽](https://evil.example) `x`」です。"
    for formatted in (payload["text"], payload["markdown_text"]):
        assert "<!channel>" not in formatted
        assert "*" not in formatted
        assert "`" not in formatted
    assert "](https://evil" not in payload["markdown_text"]


if __name__ == "__main__":
    for folder in (KEPT, PICTURES):
        folder.mkdir(parents=True, exist_ok=True)
        for path in folder.iterdir():
            path.unlink()
    pages = {name: picture(name, payload) for name, (_, payload) in SHOWN.items()}
    for name, (_, payload) in SHOWN.items():
        (KEPT / f"{name}.json").write_text(as_json(payload), "utf-8")
        (PICTURES / f"{name}.html").write_text(pages[name], "utf-8")
    draw(pages, PICTURES)
