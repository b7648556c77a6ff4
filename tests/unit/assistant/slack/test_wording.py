"""Every fixed sentence is used, and every one that is used is there."""

import re

from assistant.channels.slack.wording import sentences

# Built from the field of a change, the name of a prompt.
BUILT = re.compile(r"field_\w+|prompt_\w+_title")


def test_the_sentences_are_those_that_are_said(root_dir):
    code = "\n".join(path.read_text("utf-8") for path in (root_dir / "assistant/channels/slack").glob("*.py"))
    named = set(re.findall(r"[\"\']([a-z]+(?:_[a-z]+)*)[\"\']", code))
    assert [name for name in sentences() if name not in named and not BUILT.fullmatch(name)] == []
    assert [name for name in re.findall(r"\bsay\([\"\'](\w+)[\"\']", code) if name not in sentences()] == []
