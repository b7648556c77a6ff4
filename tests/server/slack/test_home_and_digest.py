"""The home tab, and digests that go out once whoever looks."""

import sqlite3
import time
from pathlib import Path

import pytest

from tests.server.processes import kaikaku
from tests.server.recording_slack.looking import elements_of, wait_for, wait_for_answer, words_of
from tests.server.recording_slack.people import People
from tests.server.recording_slack.refusing import Json
from tests.server.recording_slack.server import RecordingSlack
from tests.server.slack_processes import TRANSPORTS, SlackProcess, people_of


def home(people: People, user: str, text: str) -> Json:
    def shown() -> list[Json]:
        return [
            view for name, view in list(people.team.homes.items()) if name == user and text in words_of(view["blocks"])
        ]

    return wait_for(shown, told=f"no {text}")[0]


def test_the_home_tab_shows_the_items_of_the_chosen_department(people: People) -> None:
    people.open_home(f"U40{people.slack.port}")
    (menu,) = elements_of(home(people, f"U40{people.slack.port}", "課を選ぶと"), "home_department")
    people.click(menu, f"U40{people.slack.port}", value="人事課")
    shown = words_of(home(people, f"U40{people.slack.port}", "人事課の取組項目（4件）")["blocks"])
    assert "データを読み解く職員の育成" in shown
    assert "遅れ" in shown


def test_the_search_box_is_answered_in_the_messages_tab_and_remembered(people: People) -> None:
    people.open_home(f"U41{people.slack.port}")
    (search,) = elements_of(home(people, f"U41{people.slack.port}", "計画について聞く"), "home_search")
    people.click(search, f"U41{people.slack.port}", value="電子契約の導入の担当課は？")
    answer = wait_for(lambda: people.team.answers(f"DU41{people.slack.port}"))[0]
    assert "財務課、道路河川課" in words_of(answer)
    people.open_home(f"U41{people.slack.port}")
    (again,) = elements_of(home(people, f"U41{people.slack.port}", "最近の質問"), "ask")
    assert again["value"] == "電子契約の導入の担当課は？"


def test_a_user_searches_the_scope_chosen_in_the_home_tab(people: People) -> None:
    people.open_home(f"U42{people.slack.port}")
    (menu,) = elements_of(home(people, f"U42{people.slack.port}", "計画について聞く"), "home_scope")
    value = next(one["value"] for one in menu["options"] if "進捗状況報告書" in one["text"]["text"])
    people.click(menu, f"U42{people.slack.port}", value=value)
    wait_for(
        lambda: (
            elements_of(people.team.homes[f"U42{people.slack.port}"], "home_scope")[0]
            .get("initial_option", {})
            .get("value")
            == value
        )
    )
    asked = people.direct("取組項目は何件ですか。", user=f"U42{people.slack.port}")
    answer = wait_for_answer(people.team, asked)
    assert "進捗状況報告書" in words_of(answer)


def test_a_channel_is_given_its_scope_and_department_in_the_home_tab(people: People) -> None:
    user, channel = f"U43{people.slack.port}", "CG9"
    people.open_home(user)
    (button,) = elements_of(home(people, user, "チャンネルの設定"), "channel")
    people.click(button, user)
    form = wait_for(lambda: [view for view in people.team.opened if view["callback_id"] == "channel"])[-1]
    (scope,), (department,) = elements_of(form, "scope"), elements_of(form, "department")
    report = next(one for one in scope["options"] if "進捗状況報告書" in one["text"]["text"])
    personnel = next(one for one in department["options"] if one["value"] == "人事課")
    values: dict[str, Json] = {
        "to": {"type": "conversations_select", "selected_conversation": channel},
        "scope": {"type": "static_select", "selected_option": report},
        "department": {"type": "static_select", "selected_option": personnel},
    }
    assert people.submit(form, values, user).ok
    told = wait_for(lambda: people.team.answers(f"D{user}"))[0]
    assert f"<#{channel}> では、見本市 第2次見本市しごと改革プラン 令和6年度進捗状況報告書の範囲" in words_of(told)
    asked = people.mention(channel, "取組項目は何件ですか。")
    assert "進捗状況報告書" in words_of(wait_for_answer(people.team, asked))
    token = people.command("items", user="U44", channel=channel)
    assert "人事課の取組項目は" in words_of(wait_for(lambda: people.slack.responses[token])[0]["blocks"])


def make_due(data: Path) -> None:
    with sqlite3.connect(data / "catalogue.sqlite3") as connection:
        connection.execute("UPDATE slack_subscriptions SET due_at = ?", (time.time() - 1,))


@pytest.fixture
def own_data(tmp_path: Path, samples_dir: Path) -> Path:
    for sample in samples_dir.glob("mihon_*"):
        (tmp_path / "plans").mkdir(exist_ok=True)
        (tmp_path / "plans" / sample.name).write_bytes(sample.read_bytes())
    assert kaikaku(tmp_path / "data", "ingest", str(tmp_path / "plans")).returncode == 0
    return tmp_path / "data"


@pytest.mark.parametrize("transport", TRANSPORTS)
def test_a_digest_tells_what_is_due_late_and_changed_until_it_is_stopped(
    transport: str, own_data: Path, tmp_path: Path
) -> None:
    with RecordingSlack() as slack, people_of(transport, own_data, tmp_path / "slack.log", slack) as people:
        token = people.command("digest 週次 人事課", "U1", "CG1")
        assert "人事課のお知らせ（週次）を、" in words_of(wait_for(lambda: slack.responses[token])[0]["blocks"])
        make_due(own_data)
        first = wait_for(lambda: people.team.answers("CG1"))[0]
        assert "遅れている項目（1件）" in words_of(first)
        assert "前回から変わった" not in words_of(first)
        report = tmp_path / "plans" / "mihon_progress.tsv"
        rows = report.read_text("utf-8").split("\n")
        changed = [row[: -len("遅れ")] + "完了" if "データを読み解く" in row else row for row in rows]
        assert changed != rows
        report.write_text("\n".join(changed), "utf-8")
        assert kaikaku(own_data, "ingest", str(report)).returncode == 0
        time.sleep(1.5)
        make_due(own_data)
        second = wait_for(lambda: people.team.answers("CG1")[1:])[0]
        assert "進捗区分：遅れ → 完了" in words_of(second)
        (stop,) = elements_of(second, "digest_stop")
        people.click(stop, message=second)
        wait_for(lambda: "人事課のお知らせを止めました。" in "".join(map(words_of, people.team.answers("CG1"))))
        told = people.command("digest 停止 人事課", "U1", "CG1")
        assert "届けていません" in words_of(wait_for(lambda: slack.responses[told])[0]["blocks"])
        lost = people.command("digest 毎日 人事課", "U1", "CG3")
        wait_for(lambda: slack.responses[lost])
        slack.team.channel("CG3").members.clear()
        make_due(own_data)
        sorry = "<#CG3> に人事課のお知らせを届けられないため、止めました。"
        wait_for(lambda: sorry in "".join(map(words_of, people.team.answers("DU1"))))


@pytest.mark.parametrize("transport", TRANSPORTS)
def test_a_digest_goes_out_once_though_two_processes_look(transport: str, own_data: Path, tmp_path: Path) -> None:
    with RecordingSlack() as slack:
        processes = [SlackProcess(transport, own_data, tmp_path / f"{n}.log", slack) for n in range(2)]
        try:
            people, _ = (People(slack, process.sender()) for process in processes)
            tokens = [people.command(f"digest 毎日 {name}", "U1", "CG2") for name in ("人事課", "財務課", "図書館")]
            wait_for(lambda: all(slack.responses[token] for token in tokens))
            make_due(own_data)
            wait_for(lambda: len(people.team.answers("CG2")) >= 3)
            time.sleep(7)
            assert len(people.team.answers("CG2")) == 3
        finally:
            for process in processes:
                process.stop()
