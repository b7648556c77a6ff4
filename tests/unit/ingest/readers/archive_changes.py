"""Office files spoilt on purpose: an archive in, the same with some parts changed, added or taken away out."""

import io
import zipfile
from collections.abc import Callable, Mapping

Change = Callable[[str], str] | bytes | str | None


def repacked(data: bytes, changes: Mapping[str, Change]) -> bytes:
    """Change the parts named: by a function of their text, by other content, or away (None)."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for part in dict.fromkeys([*old.namelist(), *changes]):
            change = changes.get(part, b"")
            if part not in changes:
                new.writestr(part, old.read(part))
            elif callable(change):
                new.writestr(part, change(old.read(part).decode()))
            elif change is not None:
                new.writestr(part, change)
    return file.getvalue()
