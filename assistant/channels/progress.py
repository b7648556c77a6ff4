"""How far an ingest is: counts in; bars on a terminal, nothing elsewhere."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from assistant.ingesting import Ingested


class IngestProgress:
    """One bar for the files, one for the passages of the file that is being embedded."""

    def __init__(self, bars: Progress, files: int) -> None:
        self._bars = bars
        self._files = bars.add_task("文書", total=files)
        self._passages = bars.add_task("引用単位の埋め込み", total=None, visible=False)

    def count_file(self, done: Ingested) -> Ingested:
        """Count one finished file, and hand it back."""
        self._bars.advance(self._files)
        self._bars.update(self._passages, visible=False)
        return done

    def show_passages(self, done: int, total: int) -> None:
        """Show how many passages of the current file are embedded."""
        self._bars.update(self._passages, completed=done, total=total, visible=True)


@contextmanager
def ingest_progress(files: int) -> Iterator[IngestProgress]:
    """Show bars on stderr while the block runs; a stderr that is no terminal gets none."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bars:
        yield IngestProgress(bars, files)
