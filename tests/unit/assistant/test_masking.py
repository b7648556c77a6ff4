"""What a question prints of a name is found and blanked out, however it is written."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.names import bare
from assistant.understanding.masking import MASK, mask_name, span_of


@pytest.mark.parametrize(
    ("text", "name", "printed"),
    [
        ("将来像②の取組は？", "将来像②", "将来像②"),
        ("柱１０の取組は？", "柱10", "柱１０"),
        ("柱⑩の取組は？", "柱10", "柱⑩"),
        ("ＤＸ 推進の取組は？", "DX推進", "ＤＸ 推進"),
        ("「支え合い・見守り」の取組は？", "支え合い見守り", "支え合い・見守り"),
    ],
)
def test_a_name_is_found_whatever_its_width_blanks_and_punctuation(text: str, name: str, printed: str) -> None:
    span = span_of(text, bare(name))

    assert span is not None
    assert text[slice(*span)] == printed


def test_a_number_is_not_found_at_the_start_of_a_longer_one() -> None:
    assert span_of("柱12の取組は？", "柱1") is None


def test_no_name_is_found_where_none_is_given() -> None:
    assert span_of("柱1の取組は？", "") is None
    assert mask_name("柱1の取組は？", "") == "柱1の取組は？"


@given(st.text(max_size=20), st.text(max_size=8), st.text(max_size=20))
def test_masking_keeps_the_length_and_leaves_no_place_of_the_name(before: str, name: str, after: str) -> None:
    text = f"{before}{name}{after}"

    masked = mask_name(text, name)

    assert len(masked) == len(text)
    assert bare(MASK) in unicodedata.normalize("NFKC", name) or span_of(masked, name) is None
