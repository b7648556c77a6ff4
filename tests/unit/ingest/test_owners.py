"""Owner cells of made-up plans, clean and garbled."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.owners import departments_in, read_owners
from ingest.plan_items import Repair

DEPARTMENTS = frozenset(["花づくり課", "灯台課", "道路河川課", "防災交通課", "港湾園芸課", "小灯台課", "波止場事務局"])
OWNER_LIKE = st.text(
    st.sampled_from("花灯台道路河川課室部局支所各本水下水道東西①②③～・、（）() 　\n主副：:◎○ほか等<p>br/1AＤaるで"),
    max_size=60,
)


@pytest.mark.parametrize(
    ("cell", "owners"),
    [
        ("花づくり課", ["花づくり課"]),
        ("花づくり課、灯台課", ["花づくり課", "灯台課"]),
        ("花づくり課　灯台課", ["花づくり課", "灯台課"]),
        ("花づくり課\n灯台課", ["花づくり課", "灯台課"]),
        ("花づくり課・灯台課", ["花づくり課", "灯台課"]),
        ("花づくり課／灯台課", ["花づくり課", "灯台課"]),
        ("花づくり課及び灯台課", ["花づくり課", "灯台課"]),
        ("<p>花づくり課</p><p>灯台課</p>", ["花づくり課", "灯台課"]),
        ("花づくり課<br>灯台課<br/>花づくり課", ["花づくり課", "灯台課"]),
        ("花づくり課→灯台課", ["花づくり課", "灯台課"]),
        ("海・みどり課", ["海・みどり課"]),
        ("花づくり課 各課", ["花づくり課", "各課"]),
        ("各支所花づくり課", ["各支所花づくり課"]),
        ("動物園、みなと図書館、花の会館", ["動物園", "みなと図書館", "花の会館"]),
        ("灯台課長", ["灯台課長"]),
        ("ＤＸ推進室、ICT灯台課", ["DX推進室", "ICT灯台課"]),
        ("DX 推進室", ["DX推進室"]),
        ("(株)見本灯台", ["(株)見本灯台"]),
        ("海部灯台課", ["海部灯台課"]),
        ("海部 灯台課", ["海部灯台課"]),
        ("海部：灯台課", ["海部灯台課"]),
        ("海部（灯台課・花づくり課）", ["海部灯台課", "海部花づくり課"]),
        ("見本 事務局", ["見本事務局"]),
        ("見本委員会 事務局", ["見本委員会事務局"]),
    ],
)
def test_a_cell_is_split_into_departments(cell: str, owners: list[str]) -> None:
    reading = read_owners(cell)
    assert (list(reading.owners), reading.repairs, reading.confidence) == (owners, (), 1.0)


@pytest.mark.parametrize("cell", ["", " ", "―", "未定", "なし", "〃", "担当課", "※", "12"])
def test_a_cell_that_names_nobody_has_no_owner(cell: str) -> None:
    assert read_owners(cell).owners == ()


@pytest.mark.parametrize(
    ("cell", "owners"),
    [
        ("支所灯台課(東・西)", ["東支所灯台課", "西支所灯台課"]),
        ("支所灯台課（東、西）支所花づくり課（北）", ["東支所灯台課", "西支所灯台課", "北支所花づくり課"]),
        ("花づくり課 支所灯台課 (東・ 西)", ["花づくり課", "東支所灯台課", "西支所灯台課"]),
        ("灯台課（東支所・西支所）", ["東支所灯台課", "西支所灯台課"]),
        ("花づくり課（灯台課）", ["花づくり課", "灯台課"]),
        ("花づくり課（灯台課・港課）", ["花づくり課", "灯台課", "港課"]),
        ("花づくり課（花壇係）", ["花づくり課(花壇係)"]),
        ("東支所灯台課・花づくり課", ["東支所灯台課", "東支所花づくり課"]),
        ("東支所灯台課・動物園", ["東支所灯台課", "動物園"]),
        ("東支所灯台課・西支所花づくり課", ["東支所灯台課", "西支所花づくり課"]),
        ("東支所 灯台課", ["東支所灯台課"]),
    ],
)
def test_departments_of_branches_are_named_in_full(cell: str, owners: list[str]) -> None:
    assert list(read_owners(cell).owners) == owners


@pytest.mark.parametrize(
    ("cell", "owners"),
    [
        ("花づくり課(主) 灯台課(副)", ["花づくり課", "灯台課"]),
        ("主：花づくり課　副：灯台課", ["花づくり課", "灯台課"]),
        ("【主】花づくり課【副】灯台課", ["花づくり課", "灯台課"]),
        ("◎花づくり課○灯台課", ["花づくり課", "灯台課"]),
        ("花づくり課、灯台課ほか", ["花づくり課", "灯台課"]),
        ("花づくり課 ほか", ["花づくり課"]),
        ("花づくり課等", ["花づくり課"]),
        ("花づくり課ほか関係課", ["花づくり課", "関係課"]),
        ("R4～：花づくり課", ["花づくり課"]),
        ("花づくり課（令和3年度まで）", ["花づくり課"]),
        ("花づくり課（旧灯台課）", ["花づくり課"]),
        ("花づくり課（内線123）", ["花づくり課"]),
        ("花づくり課※1", ["花づくり課"]),
        ("（花づくり課）", ["花づくり課"]),
    ],
)
def test_what_is_said_about_an_owner_is_no_part_of_its_name(cell: str, owners: list[str]) -> None:
    reading = read_owners(cell)
    assert (list(reading.owners), reading.repairs) == (owners, ())


@pytest.mark.parametrize(
    ("cell", "by_goal"),
    [
        ("①花づくり課 ②～④灯台課", {"1": ["花づくり課"], "2": ["灯台課"], "3": ["灯台課"], "4": ["灯台課"]}),
        ("①②花づくり課\n③灯台課、動物園", {"1": ["花づくり課"], "2": ["花づくり課"], "3": ["灯台課", "動物園"]}),
        ("①、③花づくり課 ②灯台課", {"1": ["花づくり課"], "3": ["花づくり課"], "2": ["灯台課"]}),
        ("(1)花づくり課 (2)灯台課", {"1": ["花づくり課"], "2": ["灯台課"]}),
        ("目標①：花づくり課 目標②：灯台課", {"1": ["花づくり課"], "2": ["灯台課"]}),
        ("目標1 花づくり課 目標2 灯台課", {"1": ["花づくり課"], "2": ["灯台課"]}),
        ("花づくり課(①) 灯台課(②・③)", {"1": ["花づくり課"], "2": ["灯台課"], "3": ["灯台課"]}),
    ],
)
def test_owners_of_single_goals_are_told_apart(cell: str, by_goal: dict[str, list[str]]) -> None:
    reading = read_owners(cell)
    assert {goal: list(names) for goal, names in reading.by_goal.items()} == by_goal
    assert set(reading.owners) == {name for names in by_goal.values() for name in names}


def test_owners_without_a_goal_mark_belong_to_no_single_goal() -> None:
    reading = read_owners("動物園 ①花づくり課 ②灯台課")
    assert reading.owners == ("動物園", "花づくり課", "灯台課")
    assert set(reading.by_goal) == {"1", "2"}


@pytest.mark.parametrize(
    ("cell", "owners"),
    [
        ("花づくり 課", ["花づくり課"]),
        ("花づくり\n課", ["花づくり課"]),
        ("花\nづくり課 灯台課", ["花づくり課", "灯台課"]),
        ("花 づ く り 課", ["花づくり課"]),
        ("小 灯台課", ["小灯台課"]),
        ("会 計課", ["会計課"]),
        ("市長 公室", ["市長公室"]),
    ],
)
def test_a_name_torn_by_blanks_is_joined(cell: str, owners: list[str]) -> None:
    reading = read_owners(cell, DEPARTMENTS)
    assert (list(reading.owners), reading.repairs) == (owners, ())


@pytest.mark.parametrize(
    ("cell", "owners"),
    [
        ("花づくり課波止場事務局", ["花づくり課", "波止場事務局"]),
        ("花づくり課灯台課", ["花づくり課", "灯台課"]),
        ("見たこともない課聞いたこともない課", ["見たこともない課", "聞いたこともない課"]),
        ("花づくり課球根係", ["花づくり課球根係"]),
    ],
)
def test_names_printed_without_a_gap_are_separated(cell: str, owners: list[str]) -> None:
    assert list(read_owners(cell, DEPARTMENTS).owners) == owners


@pytest.mark.parametrize(
    ("cell", "owner", "stray"),
    [
        ("比灯台課", "灯台課", "比"),
        ("全港湾園芸課", "港湾園芸課", "全"),
        ("る灯台課", "灯台課", "る"),
        ("化 灯台課", "灯台課", "化"),
        ("本 灯台課", "灯台課", "本"),
        ("D 灯台課", "灯台課", "D"),
        ("1 灯台課", "灯台課", "1"),
        (": 灯台課", "灯台課", ":"),
        ("灯台課l", "灯台課", ""),
    ],
)
def test_stray_characters_around_a_known_department_are_removed(cell: str, owner: str, stray: str) -> None:
    reading = read_owners(cell, DEPARTMENTS)
    assert reading.owners == (owner,)
    assert reading.repairs == (Repair("owners", cell, owner),)
    assert reading.strays == ((stray,) if stray else ())
    assert reading.confidence < 1


@pytest.mark.parametrize(
    ("cell", "owner"),
    [
        ("比道路河川課", "道路河川課"),
        ("全防災交通課", "防災交通課"),
        ("を防災交通課", "防災交通課"),
        ("D 防災交通課", "防災交通課"),
        ("化 防災交通課", "防災交通課"),
        ("子育で交流課", "子育て交流課"),
        ("エ務管理課", "工務管理課"),
        ("本 子育で交流課", "子育て交流課"),
    ],
)
def test_a_name_of_common_words_is_mended_with_less_confidence(cell: str, owner: str) -> None:
    reading = read_owners(cell)
    assert (reading.owners, reading.repairs) == ((owner,), (Repair("owners", cell, owner),))
    assert reading.confidence < 0.95


@pytest.mark.parametrize(
    "cell",
    [
        "小灯台課",
        "水防災交通課",
        "住道路河川課",
        "花園灯台課",
        "水産業振興課",
        "DX推進課",
        "Eスポーツ推進課",
        "お客様課",
        "まちづくり課",
    ],
)
def test_a_real_department_is_never_turned_into_another(cell: str) -> None:
    reading = read_owners(cell, DEPARTMENTS | {"推進課", "産業振興課", "まち課"})
    assert (reading.owners, reading.repairs) == ((cell,), ())


def test_departments_are_those_that_cells_and_text_name_without_the_garbled_ones() -> None:
    cells = [
        "灯台課",
        "灯台課",
        "比灯台課",
        "花づくり課、るみなと課",
        "子育で交流課",
        "みなと課",
        "水灯台課",
        "海・みどり課",
        "未定",
    ]
    text = "課題は山積みだが、花火課と港湾園芸課が進める。"
    assert departments_in(cells, text) == {
        "灯台課",
        "花づくり課",
        "みなと課",
        "水灯台課",
        "海・みどり課",
        "花火課",
        "港湾園芸課",
    }


def test_a_department_in_running_text_is_not_cut_from_a_longer_name() -> None:
    assert departments_in([], "お客様相談課と、みどり園芸課が進める。") == frozenset()


def test_of_two_that_look_alike_the_one_with_a_lone_kana_is_garbled() -> None:
    assert departments_in(["工房課", "エ房課"]) == {"工房課"}


def test_a_name_that_the_document_prints_twice_stays_as_printed() -> None:
    cells = ["灯台課", "比灯台課", "比灯台課"]
    departments = departments_in(cells)
    assert read_owners("比灯台課", departments).owners == ("比灯台課",)


@given(st.one_of(OWNER_LIKE, st.text(max_size=80)), st.sampled_from([frozenset[str](), DEPARTMENTS]))
def test_whatever_is_printed_owners_are_names(cell: str, departments: frozenset[str]) -> None:
    reading = read_owners(cell, departments)
    assert all(len(owner) > 1 and owner == owner.strip() for owner in reading.owners)
    assert len(set(reading.owners)) == len(reading.owners)
    assert {name for names in reading.by_goal.values() for name in names} <= set(reading.owners)
    assert all(repair.raw != repair.clean for repair in reading.repairs)
    assert (reading.confidence < 1) == bool(reading.repairs)
    assert departments_in([cell], cell) is not None


@given(
    st.lists(st.sampled_from(sorted(DEPARTMENTS)), unique=True, min_size=1),
    st.sampled_from(["、", " ", "\n", "・", "／", "<br>"]),
)
def test_known_departments_are_read_back_whatever_separates_them(names: list[str], separator: str) -> None:
    reading = read_owners(separator.join(names), DEPARTMENTS)
    assert (list(reading.owners), reading.repairs) == (names, ())


def test_a_cell_without_end_is_read_as_far_as_it_can_name_departments() -> None:
    assert read_owners("課" * 3_000 + "総務課").owners
