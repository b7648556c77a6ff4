from hypothesis import given
from hypothesis import strategies as st

from assistant.quote_places import find_quote
from assistant.source_address import place_of, source_address
from ingest.normalize import squeeze

LINES = ("1\t窓口案内の見直し\t<p>待ち時間を<br>10分以内にする。</p>", "2\tＤＸの推進\t窓口 サービス課")


def quoted(lines: tuple[str, ...], quote: str, until: str = "") -> list[str]:
    return [lines[line][first:last] for line, first, last in find_quote(lines, quote, until)]


def test_a_quote_is_found_as_printed():
    assert quoted(LINES, "窓口案内の見直し") == ["窓口案内の見直し"]


def test_width_blanks_and_tags_make_no_difference():
    assert quoted(LINES, "DXの推進") == ["ＤＸの推進"]
    assert quoted(LINES, "窓口サービス課") == ["窓口 サービス課"]
    assert quoted(LINES, "待ち時間を 10分以内にする。") == ["待ち時間を<br>10分以内にする。"]


def test_emphasis_makes_no_difference():
    assert quoted(("- 窓口で、**待ち時間**を短くする。",), "窓口で、待ち時間を短く") == ["窓口で、**待ち時間**を短く"]


def test_a_quote_over_two_lines_has_a_span_in_each():
    assert quoted(LINES, "する。\n2 ＤＸ") == ["する。", "2\tＤＸ"]


def test_a_long_quote_is_found_by_its_beginning_and_its_end():
    assert quoted(LINES, "待ち時間", "ＤＸの推進") == ["待ち時間を<br>10分以内にする。", "2\tＤＸの推進"]
    assert quoted(LINES, "待ち時間", "どこにもない") == ["待ち時間"]


def test_what_a_page_s_foot_cuts_in_two_is_found_in_two():
    lines = ("窓口の案内表示と", "- 12 -", "受付の順序を見直す。")
    assert quoted(lines, "案内表示と受付の順序") == ["案内表示と", "受付の順序"]
    assert quoted(lines, "案内表示と受付の時間") == []


def test_what_does_not_stand_there_has_no_place():
    assert quoted(LINES, "使用料") == []
    assert quoted(LINES, "") == []
    assert quoted((), "窓口") == []


@given(st.lists(st.text("窓口案内ＤX 　<p>/é가\t", max_size=30), min_size=1), st.data())
def test_any_part_of_a_line_is_found_and_says_the_same(lines: list[str], data: st.DataObject):
    line = data.draw(st.sampled_from(lines))
    first = data.draw(st.integers(0, len(line)))
    part = line[first : data.draw(st.integers(first, len(line)))]
    found = quoted(tuple(lines), part)
    if "<" not in "".join(lines) and squeeze(part):
        assert squeeze("".join(found)) == squeeze(part)


def test_an_address_names_a_short_quote_whole_and_a_long_one_by_its_ends():
    assert source_address("doc", 3, 4, "窓口").endswith("?lines=3-4&quote=%E7%AA%93%E5%8F%A3#L3")
    long = source_address("doc", 3, 4, "a" * 40 + "b" * 40)
    assert f"quote={'a' * 25}&until={'b' * 25}" in long
    assert len(source_address("doc", 3, 4, "窓" * 600)) < 600


def test_an_address_knows_the_other_places_that_are_cited():
    places = (place_of("doc", 3, 4), place_of("other", 9, 9))
    assert "&cited=:3-4,other:9-9#L3" in source_address("doc", 3, 4, cited=places)
    assert "&cited=doc:3-4,:9-9#L9" in source_address("other", 9, 9, cited=places)
    assert "cited" not in source_address("doc", 3, 4, cited=places[:1])
    assert source_address("a/b ?", 1, 1).startswith("/documents/a%2Fb%20%3F?")
