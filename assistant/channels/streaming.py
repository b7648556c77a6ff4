"""POST /v1/ask/stream: a question in; while it is answered `status` and `delta` events out, then the whole `answer`."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Annotated

import anyio.to_thread
from fastapi import APIRouter, Depends
from fastapi.sse import EventSourceResponse, ServerSentEvent

from assistant.answers import Question
from assistant.channels.asking import exchange_on, question_of
from assistant.channels.dependencies import MetricsDep, ServiceDep
from assistant.channels.exact_lists import list_address
from assistant.channels.problems import PROBLEMS, problem_of
from assistant.channels.responses import ask_response
from assistant.channels.schemas import AskRequest
from assistant.conversations import Exchange
from assistant.listening import Leaving, Step

# Sentences, and the lines of lists, with their marks and the space behind them.
_PIECE = re.compile(r"[^。\n]*(?:。(?:\[\d+\])*|\n+|$)")

router = APIRouter(tags=["ask"])


@router.post("/v1/ask/stream", response_class=EventSourceResponse, responses=PROBLEMS)
async def ask_stream(
    body: AskRequest,
    question: Annotated[Question, Depends(question_of)],
    service: ServiceDep,
    metrics: MetricsDep,
) -> AsyncIterator[ServerSentEvent]:
    """Answer a question, showing each sentence once it is verified; the last event is what POST /v1/ask replies."""
    listener = StreamListener(asyncio.get_running_loop())
    work = asyncio.create_task(_apart(lambda: exchange_on(body, question, service, listener)))
    try:
        async for event in listener.events(work):
            yield event
        exchange = await work
        list_url = await anyio.to_thread.run_sync(list_address, service, exchange.answer)
        metrics.count_answer(exchange.answer)
        for piece in () if listener.has_said else pieces_of(exchange.answer.text):
            yield delta(piece)
        yield ServerSentEvent(event="answer", data=ask_response(exchange, list_url))
    except Exception as error:
        yield ServerSentEvent(event="error", data=problem_of(error))
    finally:
        listener.leave()


class StreamListener:
    """Hands what the answering thread tells to the event loop that serves the client."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._queue: asyncio.Queue[ServerSentEvent | None] = asyncio.Queue()
        self._leaving = Leaving()
        self.when_gone, self.leave = self._leaving.when_gone, self._leaving.leave
        self.has_said = False

    def tell(self, step: Step) -> None:
        """Send the step as a `status` event."""
        self._put(ServerSentEvent(event="status", data={"step": step}))

    def say(self, text: str) -> None:
        """Send verified text as a `delta` event."""
        self.has_said = True
        self._put(delta(text))

    async def events(self, work: "asyncio.Task[Exchange]") -> AsyncIterator[ServerSentEvent]:
        """Yield the events in order until the work has ended, well or badly."""
        work.add_done_callback(lambda _: self._queue.put_nowait(None))
        while (event := await self._queue.get()) is not None:
            yield event

    def _put(self, event: ServerSentEvent) -> None:
        self._loop.call_soon_threadsafe(self._queue.put_nowait, event)


def pieces_of(text: str) -> Iterator[str]:
    """Yield a text sentence by sentence, or line by line; together they are the text."""
    return (match[0] for match in _PIECE.finditer(text) if match[0])


def delta(text: str) -> ServerSentEvent:
    """Return the event that adds text to what is shown."""
    return ServerSentEvent(event="delta", data={"text": text})


async def _apart(answer: Callable[[], Exchange]) -> Exchange:
    # A client that leaves does not wait for the thread; the thread is told by its listener.
    return await anyio.to_thread.run_sync(answer, abandon_on_cancel=True)
