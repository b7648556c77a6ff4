"""GET /items: conditions and a view in the address in, the coordinators' board of plan items as a page out."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from assistant.board import ROWS_OF_A_PAGE, Board, View, build_board
from assistant.channels.dependencies import ServiceDep
from assistant.channels.web.board_charts import charts_of, timeline_of
from assistant.channels.web.board_query import COLUMN_NAMES, SORTS_OF_COLUMNS, BoardQuery, ColumnName
from assistant.channels.web.board_words import BoardWords
from assistant.channels.web.page import language_of, render_page
from vectorstore.corpus import Corpus

router = APIRouter(include_in_schema=False)

FACETS_SHOWN = 12
_USUAL: tuple[ColumnName, ...] = (
    "title",
    "municipality",
    "section",
    "owners",
    "target_fiscal_years",
    "status",
    "progress",
)
_FACETS_OF_COLUMNS: Mapping[ColumnName, str] = {"section": "section", "status": "status", "progress": "progress"}
_VIEWS: tuple[View, ...] = ("list", "owner", "year", "timeline", "charts")


@router.get("/items", response_class=HTMLResponse)
def show_board(query: Annotated[BoardQuery, Query()], service: ServiceDep, request: Request) -> HTMLResponse:
    """Show the selected items, what else could be selected, and how they spread over years and departments."""
    corpus = service.corpus()
    board = build_board(corpus, query.to_filter(), query.view, query.sort, query.page)
    words = BoardWords(language_of(request), {document.id: document.title for document in corpus.documents})
    return render_page(
        request,
        "board.html",
        board=board,
        query=query,
        words=words,
        columns=query.columns or _usual_columns(board, corpus),
        column_names=COLUMN_NAMES,
        views=_VIEWS,
        sorts=SORTS_OF_COLUMNS,
        facets_shown=FACETS_SHOWN,
        first=(board.page - 1) * ROWS_OF_A_PAGE + 1,
        charts=charts_of(board.selected, words) if query.view == "charts" else (),
        timeline=_timeline(board, query, words),
    )


def _timeline(board: Board, query: BoardQuery, words: BoardWords) -> object:
    return timeline_of([row.item for row in board.rows], words) if query.view == "timeline" else None


def _usual_columns(board: Board, corpus: Corpus) -> list[ColumnName]:
    """The columns without which nobody reads a plan, but those that tell all items apart by nothing."""
    cities = {document.municipality for document in corpus.documents}
    blank = {name for name, facet in _FACETS_OF_COLUMNS.items() if not board.facets[facet]}
    return [name for name in _USUAL if name not in blank and (name != "municipality" or len(cities) > 1)]
