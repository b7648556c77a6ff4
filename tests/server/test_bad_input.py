"""Questions that nobody means: a proper outcome or a 4xx, never a 500, never a dead process."""

import asyncio
import random
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from assistant.bootstrap import build_service
from assistant.channels.api import create_app
from assistant.ingesting import find_files
from assistant.settings import Settings
from tests.server.processes import kaikaku, running_service

OUTCOMES = {"answered", "clarify", "not_found", "refused"}
REQUESTS = 10_000
AT_ONCE = 8


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory, samples_dir: Path) -> FastAPI:
    settings = Settings(data=tmp_path_factory.mktemp("data"), embedding="none")
    service = build_service(settings)
    assert {one.result for one in service.ingesting.add_files(find_files([samples_dir]))} == {"added"}
    return create_app(service)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory, samples_dir: Path) -> Iterator[httpx.Client]:
    folder = tmp_path_factory.mktemp("served")
    assert kaikaku(folder / "data", "ingest", str(samples_dir)).returncode == 0
    with running_service(folder / "data", folder / "service.log") as client:
        yield client


def test_ten_thousand_random_questions_end_well(app: FastAPI) -> None:
    chance = random.Random(20261121)
    bodies = [{"question": random_text(chance)} for _ in range(REQUESTS)]
    ends = asyncio.run(ask_all(app, bodies))
    assert {end for end in ends if end not in OUTCOMES and end != 422} == set()


async def ask_all(app: FastAPI, bodies: list[dict[str, str]]) -> list[str | int]:
    """The outcome, or the status when there is none, of every question; a few are asked at a time."""
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    places = asyncio.Semaphore(AT_ONCE)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:

        async def end_of(body: dict[str, str]) -> str | int:
            async with places:
                response = await client.post("/v1/ask", json={**body, "history": []})
            return response.json()["outcome"] if response.status_code == 200 else response.status_code

        return await asyncio.gather(*map(end_of, bodies))


def random_text(chance: random.Random) -> str:
    """Up to forty characters from anywhere in Unicode, or from the parts of it that questions are made of."""
    pools = [(0x0, 0x10FFFF), (0x20, 0x7E), (0x3040, 0x30FF), (0x4E00, 0x9FFF), (0xFB00, 0xFFFF), (0x2000, 0x20FF)]
    pool = chance.choice(pools)
    return "".join(random_character(chance, pool) for _ in range(chance.randint(1, 40)))


def random_character(chance: random.Random, pool: tuple[int, int]) -> str:
    number = chance.randint(*pool)
    return "\N{REPLACEMENT CHARACTER}" if 0xD800 <= number <= 0xDFFF else chr(number)


@pytest.mark.parametrize(
    "question",
    [
        "\ufdfa" * 500,
        "\ufdfa",
        "財務課の取組\x00は？",
        "\x1b[31m担当課は？\x07",
        "\u202eは課当担\u202c",
        "担\u200b当\u200d課\u2060は\ufeff？",
        "\U000e0041\U000e0042担当課は？",
        "が" * 250 + "か\u3099" * 100,
        "\u0301" * 500,
        "🏳️‍🌈👩‍👩‍👧‍👦" * 20,
        "%s%n{0}{question}{{",
        "' OR 1=1; DROP TABLE items; --",
        "<script>alert(1)</script>",
        "[[1]](javascript:alert(1))",
        "a" * 500,
        "。" * 500,
        "(" * 250 + ")" * 250,
        "１" * 500,
        "\\" * 500,
        "𠮷野家\U0002a6d6" * 50,
        "\ue000\uf8ff\ufffe\uffff",
    ],
)
def test_a_strange_question_gets_a_proper_outcome(client: httpx.Client, question: str) -> None:
    response = client.post("/v1/ask", json={"question": question})
    assert response.status_code == 200
    assert response.json()["outcome"] in OUTCOMES


@pytest.mark.parametrize("question", ["", " ", "\u3000\n", "\x00", "\u200b\u202e", "\U000e0041"])
def test_a_question_without_a_visible_character_is_a_problem(client: httpx.Client, question: str) -> None:
    response = client.post("/v1/ask", json={"question": question})
    assert (response.status_code, response.headers["content-type"]) == (422, "application/problem+json")


@pytest.mark.parametrize("length", [501, 20_000])
def test_a_long_question_is_refused_with_advice(client: httpx.Client, length: int) -> None:
    reply = client.post("/v1/ask", json={"question": "あ" * length}).json()
    assert (reply["outcome"], reply["reason"]) == ("refused", "too_long")
    assert "500" in reply["answer"]


def test_five_hundred_characters_are_not_too_long(client: httpx.Client) -> None:
    assert client.post("/v1/ask", json={"question": "あ" * 500}).json()["reason"] != "too_long"


def test_an_absurd_question_is_a_problem(client: httpx.Client) -> None:
    assert client.post("/v1/ask", json={"question": "あ" * 20_001}).status_code == 422
    assert client.post("/v1/ask", json={"question": "a" * 2_000_000}).status_code == 413


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"\xff\xfe{}",
        b'{"question":"\xe3\x81"}',
        b"[" * 100_000,
        b'{"question":"\\ud83d"}',
        b'{"question":1}',
        b"\x00" * 100,
    ],
)
def test_a_broken_body_is_a_problem(client: httpx.Client, body: bytes) -> None:
    response = client.post("/v1/ask", content=body, headers={"Content-Type": "application/json"})
    assert response.status_code in (400, 422)
    assert response.headers["content-type"] == "application/problem+json"


def test_a_body_that_never_says_its_length_is_cut_off(client: httpx.Client) -> None:
    response = client.post("/v1/ask", content=iter([b" " * 65_536] * 32), headers={"Content-Type": "application/json"})
    assert response.status_code == 413


def test_a_strange_history_and_scope_get_a_proper_outcome(client: httpx.Client) -> None:
    body = {
        "question": "その担当課は？",
        "history": [{"role": "assistant", "content": "\ufdfa" * 5000}, {"role": "user", "content": "\x00"}] * 50,
        "scope": {"municipality": "\u202e\x00", "plan": "%" * 300},
        "language": "xx-\x00",
    }
    response = client.post("/v1/ask", json=body)
    assert response.status_code == 200
    assert response.json()["outcome"] in OUTCOMES


def test_after_all_this_the_service_still_answers(client: httpx.Client) -> None:
    reply = client.post("/v1/ask", json={"question": "「キャッシュレス決済の導入」の所管課はどこですか？"}).json()
    assert reply["outcome"] == "answered"
