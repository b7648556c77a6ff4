"""Japanese text as index tokens and words, and the synonyms that widen a question."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vectorstore.lexical import LexicalIndex
from vectorstore.query import query_tokens
from vectorstore.synonyms import english_phrases, phrases_in, synonyms_of
from vectorstore.tokens import content_words, index_tokens, reading


def test_long_words_are_indexed_whole_and_by_their_parts():
    tokens = index_tokens("固定資産税")
    assert {"固定資産税", "固定", "資産", "税"} <= set(tokens)


@pytest.mark.parametrize("spelling", ["申し込み", "申込み", "申込"])
def test_spellings_of_one_word_share_a_token(spelling):
    assert set(index_tokens(spelling)) & set(index_tokens("申込み"))


def test_width_and_blanks_of_a_scan_do_not_matter():
    assert index_tokens("ＲＰＡの 活用") == index_tokens("RPAの活用")


def test_particles_and_light_verbs_are_no_tokens():
    assert index_tokens("はがをに") == []
    assert "為る" not in index_tokens("検討する")


def test_words_keep_how_they_are_written_and_read():
    [word] = [w for w in content_words("図書館") if w.surface]
    assert (word.surface, word.reading) == ("図書館", "トショカン")
    assert reading("図書館") == "トショカン"


def test_text_beyond_the_limit_of_one_call_is_read_in_pieces():
    assert len(index_tokens("図書館。" * 20_000)) >= 20_000


def test_several_threads_may_split_text_at_once():
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(index_tokens, ["図書館の開館時間を延ばす"] * 200))
    assert all(tokens == found[0] for tokens in found)


@settings(max_examples=200)
@given(st.text(max_size=80))
def test_any_text_can_be_split(text):
    assert all(isinstance(token, str) for token in index_tokens(text))


def test_everyday_words_find_official_ones():
    assert "時間外勤務" in synonyms_of("残業")
    assert "残業" in synonyms_of("時間外勤務")


def test_sayings_of_several_words_are_found_in_a_question():
    assert "使われなくなった" in phrases_in("使われなくなった建物はどうなる")


def test_the_longest_english_term_wins():
    assert [term for term, _ in english_phrases("Who books the official vehicles?")] == ["book", "official vehicle"]


def test_an_expansion_is_kept_only_if_the_index_holds_it():
    index = LexicalIndex([index_tokens("時間外勤務を短くする")])
    [token] = [t for t in query_tokens("残業", index) if t.token == "残業"]
    assert token.expansions
    assert all(word in index for run in token.expansions for word in run)
    assert not [t for t in query_tokens("図書館", index) if t.expansions]
