"""What descriptions aim at, in plans without a column for goals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.aims import stated_aim
from ingest.normalize import squeeze
from ingest.plan_items import PlanItem
from tests.unit.ingest.plans import items_of, table


def only_item(*rows: str) -> PlanItem:
    (item,) = items_of("# 見本市実施計画\n" + table(*rows))
    return item


@pytest.mark.parametrize(
    ("description", "aim"),
    [
        ("灯台守の負担を軽くするため、見回りを機械に任せる。", "灯台守の負担を軽くするため"),
        ("灯台を見回る。また、写真を集め、記録の充実を図る。", "記録の充実を図る"),
        ("県の補助により、岬の安全を図る。", "県の補助により、岬の安全を図る。"),
        ("岬の保全を目的として、柵を設ける。", "岬の保全を目的として"),
        ("灯台を見回る。", ""),
        ("故障が多くあるため、部品を取り替える。", ""),
        ("安全を図るための柵を設ける。", ""),
    ],
)
def test_an_aim_is_what_a_description_says_it_is_done_for(description: str, aim: str) -> None:
    assert stated_aim(description) == aim


def test_a_policy_aims_at_its_first_sentence_without_the_paper_it_rests_on() -> None:
    told = "「岬保全計画（R2.3）」に基づき、柵を計画的に直す。使わない柵は撤去する。"
    assert stated_aim(told, is_policy=True) == "柵を計画的に直す"


def test_the_aim_in_the_description_is_the_goal_where_no_column_prints_one() -> None:
    item = only_item("事業名|事業の概要|担当課", "灯台事業|船の安全を守るため、灯を点検する。|港湾課")
    assert item.goals == ("船の安全を守るため",)
    assert item.content == "船の安全を守るため、灯を点検する。"


def test_a_column_for_goals_is_the_only_place_of_goals_even_where_it_is_blank() -> None:
    item = only_item("事業名|事業の概要|目標|担当課", "灯台事業|船の安全を守るため、灯を点検する。||港湾課")
    assert item.goals == ()


def test_a_report_of_what_was_done_states_no_goals() -> None:
    item = only_item("事業名|取組内容|実績|担当課", "灯台事業|船の安全を守るため、灯を点検する。|2回|港湾課")
    assert item.goals == ()


@given(st.text(st.sampled_from("灯台の安全を図るため、。しりまた目指す\n（）「」に基づき"), max_size=60), st.booleans())
def test_an_aim_is_always_printed_in_the_description(description: str, is_policy: bool) -> None:
    assert squeeze(stated_aim(description, is_policy=is_policy)) in squeeze(description)
