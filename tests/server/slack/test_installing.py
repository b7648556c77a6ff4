"""Several workspaces: installed by OAuth, each with its token and its municipality, and removed again."""

import base64
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from tests.server.processes import kaikaku
from tests.server.recording_slack.looking import wait_for, wait_for_answer, words_of
from tests.server.recording_slack.people import SIGNING_SECRET, HttpSender, People
from tests.server.recording_slack.server import CLIENT_ID, CLIENT_SECRET, RecordingSlack
from tests.server.recording_slack.workspace import Workspace
from tests.server.slack_processes import people_of, slack_settings

KEY = base64.b64encode(b"k" * 32).decode()
OAUTH = {
    "KAIKAKU_SLACK_BOT_TOKEN": "",
    "KAIKAKU_SLACK_CLIENT_ID": CLIENT_ID,
    "KAIKAKU_SLACK_CLIENT_SECRET": CLIENT_SECRET,
    "KAIKAKU_SLACK_TOKEN_KEY": KEY,
    "KAIKAKU_SLACK_WORKSPACES": "T222=見本市,T333=別市",
}
QUESTION = "「キャッシュレス決済の導入」の所管課はどこですか？"


@pytest.fixture
def people(data: Path, tmp_path: Path) -> Iterator[People]:
    with RecordingSlack() as slack, people_of("http", data, tmp_path / "slack.log", slack, **OAUTH) as people:
        yield people


def install(people: People, workspace: Workspace, code: str = "code-1") -> httpx.Response:
    assert isinstance(people.sender, HttpSender)
    people.slack.codes[code] = workspace
    with httpx.Client(base_url=people.sender.address) as browser:
        sent = browser.get("/slack/install")
        asked = parse_qs(urlsplit(sent.headers["Location"]).query)
        assert asked["client_id"] == [CLIENT_ID]
        cookie = sent.headers["Set-Cookie"].partition(";")[0]
        assert "Secure" in sent.headers["Set-Cookie"]
        given = {"code": code, "state": asked["state"][0]}
        done = browser.get("/slack/oauth_redirect", params=given, headers={"Cookie": cookie})
        again = browser.get("/slack/oauth_redirect", params=given, headers={"Cookie": cookie})
        assert again.status_code == 403
        return done


def test_each_workspace_is_answered_with_its_token_about_its_municipality(people: People) -> None:
    second, third = Workspace("T222", "xoxb-T222"), Workspace("T333", "xoxb-T333")
    assert install(people, second, "a").status_code == install(people, third, "b").status_code == 200
    ours, theirs = (People(people.slack, people.sender, workspace) for workspace in (second, third))
    assert "窓口サービス課" in words_of(wait_for_answer(second, ours.mention("C1", QUESTION)))
    assert "窓口サービス課" not in words_of(wait_for_answer(third, theirs.mention("C1", QUESTION)))


def test_a_workspace_installed_by_http_is_answered_by_socket_mode(people: People, data: Path, tmp_path: Path) -> None:
    second = Workspace("T222", "xoxb-T222")
    assert install(people, second).status_code == 200
    with people_of("socket", data, tmp_path / "socket.log", people.slack, **OAUTH) as listening:
        ours = People(people.slack, listening.sender, second)
        assert "窓口サービス課" in words_of(wait_for_answer(second, ours.mention("C1", QUESTION)))


def test_tokens_are_encrypted_where_they_are_stored(people: People, data: Path) -> None:
    install(people, Workspace("T222", "xoxb-T222-secret"))
    with sqlite3.connect(data / "catalogue.sqlite3") as connection:
        assert "xoxb-T222-secret" not in "\n".join(connection.iterdump())
        assert connection.execute("SELECT team_id FROM slack_installations").fetchall() == [("T222",)]


def test_the_doctor_tries_every_stored_token(people: People, data: Path) -> None:
    workspace = Workspace("T222", "xoxb-T222")
    install(people, workspace)
    settings = slack_settings(people.slack, **OAUTH, KAIKAKU_SLACK_SIGNING_SECRET=SIGNING_SECRET)
    assert "slack installations: 1 workspaces" in kaikaku(data, "doctor", **settings).stdout
    workspace.revoked = True
    assert "slack installations: Slack says token_revoked" in kaikaku(data, "doctor", **settings).stderr


def test_a_workspace_that_is_not_on_the_list_cannot_install(people: People) -> None:
    refused = install(people, Workspace("T444", "xoxb-T444"))
    assert refused.status_code == 403
    assert "導入できません" in refused.text


def test_a_code_of_another_browser_is_refused(people: People) -> None:
    assert isinstance(people.sender, HttpSender)
    people.slack.codes["c"] = Workspace("T222", "xoxb-T222")
    with httpx.Client(base_url=people.sender.address) as browser:
        state = parse_qs(urlsplit(browser.get("/slack/install").headers["Location"]).query)["state"][0]
        given = {"code": "c", "state": state}
        assert browser.get("/slack/oauth_redirect", params=given, headers={"Cookie": ""}).status_code == 403
        forged = {"Cookie": "kaikaku-slack-install=x"}
        assert browser.get("/slack/oauth_redirect", params={**given, "state": "x"}, headers=forged).status_code == 403


def test_a_workspace_that_removes_the_application_is_forgotten(people: People, data: Path) -> None:
    workspace = Workspace("T222", "xoxb-T222")
    install(people, workspace)
    theirs = People(people.slack, people.sender, workspace)
    assert theirs.event({"type": "app_uninstalled"}).ok

    def installed() -> list[tuple[str]]:
        with sqlite3.connect(data / "catalogue.sqlite3") as connection:
            return connection.execute("SELECT team_id FROM slack_installations").fetchall()

    wait_for(lambda: installed() == [])
