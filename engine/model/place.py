"""Where things stand: places in files, and the provenance of values."""

from __future__ import annotations

from engine.model.record import record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from engine.model.json_value import JsonObject


@record
class Place:
    """A position in a file that a person wrote; lines and columns count from 1."""

    file: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        """Give `file:line:column`, as far as it is known."""
        return ":".join(
            str(part) for part in (self.file, self.line, self.column) if part is not None
        )


@record
class Provenance:
    """Where a value comes from; what is not known is None.

    `collector` asked, `origin` says what it asked (`go env -json`; written `from` in JSON),
    and file, line and column point into a file that holds the value. `file_system` is what contexts
    call the one that the file is in, if it is not the machine's.
    """

    collector: str | None = None
    origin: str | None = None
    file: str | None = None
    line: int | None = None
    column: int | None = None
    file_system: str | None = None

    def __str__(self) -> str:
        """Give the place if there is one, else what was asked."""
        if self.file is not None:
            place = str(Place(self.file, self.line, self.column))
            return f"{place} in the files of {self.file_system}" if self.file_system else place
        return self.origin or self.collector or "unknown origin"

    def as_json(self) -> JsonObject:
        """Give the one shape of provenance in JSON: what is not known is left out."""
        pairs = (
            ("collector", self.collector),
            ("from", self.origin),
            ("file", self.file),
            ("line", self.line),
            ("column", self.column),
            ("file_system", self.file_system),
        )
        return {key: value for key, value in pairs if value is not None}
