"""BM25 over token lists, and the fusion of its scores with cosines."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from vectorstore.fusion import CosineScale, fuse
from vectorstore.lexical import LexicalIndex, QueryToken

INDEX = LexicalIndex([["公用車", "台数", "削減"], ["図書館", "開館", "時間"], ["公用車", "図書館"]])


def scores(*tokens: str) -> list[float]:
    found: list[float] = INDEX.scores([QueryToken(token) for token in tokens]).tolist()
    return found


def test_a_passage_with_all_words_of_the_question_ranks_first():
    both = scores("公用車", "図書館")
    assert both[2] > both[0] > 0
    assert both[2] > both[1] > 0


def test_a_rare_word_weighs_more_than_a_common_one():
    first = scores("公用車", "台数")
    assert first[0] > first[2]


def test_words_that_nothing_prints_lower_every_score():
    assert scores("公用車", "宇宙船")[0] < scores("公用車")[0]


def test_a_question_about_something_else_scores_nothing():
    assert scores("宇宙船", "発射") == [0, 0, 0]


def test_a_synonym_finds_a_passage_at_a_lower_weight():
    said = INDEX.scores([QueryToken("車", (("公用車",),))])
    assert 0 < said[0] < INDEX.scores([QueryToken("公用車")])[0]


def test_the_words_of_a_saying_count_together_but_never_more_than_one_word_would():
    many = INDEX.scores([QueryToken("車", (("公用車", "台数", "削減"),))])
    assert 0 < many[0] <= 1


def test_an_empty_index_and_an_empty_question_score_nothing():
    assert LexicalIndex([]).scores([QueryToken("公用車")]).tolist() == []
    assert INDEX.scores([]).tolist() == [0, 0, 0]


@given(st.lists(st.sampled_from(["公用車", "台数", "図書館", "無い語"]), max_size=6))
def test_scores_stay_between_nothing_and_one(tokens):
    found = INDEX.scores([QueryToken(token) for token in tokens])
    assert ((found >= 0) & (found <= 1)).all()


def test_fusion_is_half_the_words_and_half_the_stretched_cosine():
    fused = fuse(np.array([0.4], np.float32), np.array([0.85], np.float32))
    assert np.isclose(fused[0], 0.5 * 0.4 + 0.5 * 0.5)


def test_fusion_never_leaves_nothing_to_one():
    fused = fuse(np.array([0.0, 1.0], np.float32), np.array([0.1, 1.0], np.float32))
    assert fused.tolist() == [0.0, 1.0]


def test_the_cosines_of_another_model_are_read_by_its_own_scale():
    fused = fuse(np.array([0.4], np.float32), np.array([0.3], np.float32), CosineScale(0.1, 0.4))
    assert np.isclose(fused[0], 0.5 * 0.4 + 0.5 * 0.5)


def test_without_a_vector_a_passage_is_scored_by_its_words_on_the_same_scale():
    lexical = np.array([0.3, 0.3, 0.5], np.float32)
    some = fuse(lexical, np.array([0.85, np.nan, np.nan], np.float32))
    assert some[1] == fuse(lexical, None)[1]
    assert 0.3 < some[1] < some[2] < 1


def test_a_passage_without_a_vector_and_without_a_word_is_nothing():
    assert fuse(np.zeros(2, np.float32), np.array([np.nan, 0.85], np.float32)).tolist()[0] == 0
    assert fuse(np.zeros(1, np.float32), None).tolist() == [0]
