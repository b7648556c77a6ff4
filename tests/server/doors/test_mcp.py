"""The official client of the Model Context Protocol against `kaikaku mcp`, on stdio and by HTTP."""

import asyncio
import signal
import sys
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest
from mcp import Client, StdioServerParameters
from mcp.types import TextContent
from starlette.testclient import TestClient

from assistant.bootstrap import build_service
from assistant.channels.mcp.server import build_mcp_app
from assistant.settings import Settings
from tests.server.processes import PATIENCE_SECONDS, ROOT, start, wait_for_address

Result = TypeVar("Result")
Ask = Callable[[Callable[[Client], Awaitable[Any]]], Any]


@pytest.fixture(scope="module", params=["stdio", "http"])
def ask_server(request: pytest.FixtureRequest, data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """Run some work with a client that is connected to the server."""
    if request.param == "stdio":
        settings = {"KAIKAKU_DATA": str(data), "KAIKAKU_EMBEDDING": "none"}
        command = StdioServerParameters(
            command=sys.executable, args=["-m", "assistant", "mcp"], env=settings, cwd=str(ROOT)
        )
        yield lambda work: asyncio.run(_with_client(command, work))
        return
    log = tmp_path_factory.mktemp("mcp") / "mcp.log"
    process = start(data, log, "mcp", "--http", "--port", "0")
    address = wait_for_address(process, log)
    yield lambda work: asyncio.run(_with_client(f"{address}/mcp", work))
    process.send_signal(signal.SIGTERM)
    assert process.wait(PATIENCE_SECONDS) == 0, log.read_text("utf-8")


async def _with_client(server: StdioServerParameters | str, work: Callable[[Client], Awaitable[Result]]) -> Result:
    async with Client(server) as client:
        return await work(client)


def test_the_tools_answer_as_the_api_does(ask_server: Ask) -> None:
    async def work(client: Client) -> None:
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
        assert tools.keys() == {"ask", "search_items", "get_item", "list_documents"}
        assert all(tool.description for tool in tools.values())
        answer = await called(client, "ask", question="「キャッシュレス決済の導入」の所管課はどこですか？")
        assert answer["outcome"] == "answered"
        assert "窓口サービス課、財務課" in answer["answer"]
        assert answer["citations"][0]["item_title"] == "キャッシュレス決済の導入"
        turns = [
            {"role": "user", "content": "電子契約の導入の担当課は？"},
            {"role": "assistant", "content": "財務課です。"},
        ]
        followed = await called(client, "ask", question="その目標は？", municipality="見本市", history=turns)
        assert "7割" in followed["answer"]
        found = await called(client, "search_items", owner="人事課", limit=2)
        assert (found["total"], len(found["items"])) == (8, 2)
        rest = await called(client, "search_items", owner="人事課", limit=2, cursor=found["next_cursor"])
        assert len({item["id"] for item in (*found["items"], *rest["items"])}) == 4
        assert (await called(client, "get_item", item_id=found["items"][0]["id"])) == found["items"][0]
        documents = await called(client, "list_documents")
        assert {one["municipality"] for one in documents["documents"]} == {"見本市"}

    ask_server(work)


def test_mistakes_are_told_with_what_to_do(ask_server: Ask) -> None:
    async def work(client: Client) -> None:
        assert "question: empty" in await refused(client, "ask", question=" ")
        assert "no such item" in await refused(client, "get_item", item_id="nothing")
        assert "cursor" in await refused(client, "search_items", cursor="nonsense")
        assert "fiscal_year" in await refused(client, "search_items", fiscal_year=1)

    ask_server(work)


async def called(client: Client, name: str, **arguments: Any) -> Any:
    """Return what a tool gives."""
    result = await client.call_tool(name, arguments)
    assert not result.is_error, result.content
    return result.structured_content


async def refused(client: Client, name: str, **arguments: Any) -> str:
    """Return what a tool says when it cannot do what is asked."""
    result = await client.call_tool(name, arguments)
    assert result.is_error
    (told,) = result.content
    assert isinstance(told, TextContent)
    return told.text


def test_a_server_for_others_answers_programs_and_no_strange_pages(data: Path) -> None:
    request = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
    accepted = {"Accept": "application/json, text/event-stream"}
    service = build_service(Settings(data=data, embedding="none"))
    with TestClient(build_mcp_app(service, None, "0.0.0.0", 100_000), base_url="http://rebound.example") as client:
        assert client.post("/mcp", json=request, headers=accepted).status_code == 200
        for origin in ("http://rebound.example", "https://evil.example"):
            refused = client.post("/mcp", json=request, headers={**accepted, "Origin": origin})
            assert refused.status_code == 403
            assert "KAIKAKU_PUBLIC_URL" in refused.json()["detail"]
    service.catalogue.close()
