"""GET /items: conditions and a view in the address in, the coordinators' board of plan items as a page out."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from assistant.board import ROWS_OF_A_PAGE, Board, View, build_board
from assistant.channels.dependencies import ServiceDep
from assistant.channels.web.board_charts import charts_of, timeline_of
from assistant.channels.web.board_query import COLUMN_NAMES, SORTS_OF_COLUMNS, BoardQuery, ColumnName
from assistant.channels.web.board_words import BoardWords
from assistant.channels.web.page import language_of, render_page

router = APIRouter(include_in_schema=False)

FACETS_SHOWN = 12
_USUAL: tuple[ColumnName, ...] = ("section", "title", "owners", "target_fiscal_years", "status", "progress")
_VIEWS: tuple[View, ...] = ("list", "owner", "year", "timeline", "charts")


@router.get("/items", response_class=HTMLResponse)
def show_board(query: Annotated[BoardQuery, Query()], service: ServiceDep, request: Request) -> HTMLResponse:
    """Show the selected items, what else could be selected, and how they spread over years and departments."""
    corpus = service.corpus()
    board = build_board(corpus, query.to_filter(), query.view, query.sort, query.page)
    words = BoardWords(language_of(request), {document.id: document.title for document in corpus.documents})
    usual = ("municipality", *_USUAL) if len({one.municipality for one in corpus.documents}) > 1 else _USUAL
    return render_page(
        request,
        "board.html",
        board=board,
        query=query,
        words=words,
        columns=query.columns or usual,
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
