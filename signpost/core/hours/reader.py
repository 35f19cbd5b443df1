"""A cursor over tokens, with the small readings that every selector shares."""

from typing import cast

from signpost.core.hours.notation import HoursSyntaxError
from signpost.core.hours.tokens import Token

FIRST_YEAR, LAST_YEAR = 1900, 9999
_MOST_DAYS = 366  # a shift by more days than a year has is a mistake


class Reader:
    """Where the parser stands in the tokens, with the warnings it has given."""

    __slots__ = ("_text", "_tokens", "kind", "position", "warnings")

    def __init__(self, text: str, tokens: list[Token], warnings: list[str]) -> None:
        self._text = text
        self._tokens = tokens
        self.warnings = warnings
        self.position = 0
        self.kind = tokens[0].kind

    def advance(self, count: int = 1) -> None:
        """Step over so many tokens."""
        self.position += count
        self.kind = self._tokens[self.position].kind

    def take(self) -> str | int:
        """The value of the token here, stepping over it."""
        value = self._tokens[self.position].value
        self.advance()
        return value

    def expect(self, kind: str, what: str) -> str | int:
        """The value of the token here, which has to be of a kind."""
        if self.kind != kind:
            raise self.error(f"{what} belongs here")
        return self.take()

    def follows(self, *kinds: str) -> bool:
        """Whether tokens of these kinds come next."""
        tokens, position = self._tokens, self.position
        if self.kind != kinds[0]:
            return False
        # The end token fails the comparison before the list runs out.
        return all(tokens[position + ahead].kind == kinds[ahead] for ahead in range(1, len(kinds)))

    def kind_ahead(self, count: int) -> str:
        """The kind of the token so many places on; `end` past the last."""
        return self._tokens[min(self.position + count, len(self._tokens) - 1)].kind

    @property
    def touches_next(self) -> bool:
        """Whether no space parts the token here from the next one."""
        return self._tokens[self.position].end == self._tokens[self.position + 1].column

    def values(self, count: int) -> tuple[str | int, ...]:
        """The values of the next tokens."""
        return tuple(token.value for token in self._tokens[self.position : self.position + count])

    # Where things are

    @property
    def written(self) -> str:
        """The text of the token here."""
        token = self._tokens[self.position]
        return self._text[token.column : token.end]

    @property
    def colon_before(self) -> bool:
        """Whether a colon stands before the token here."""
        return self.position > 0 and self._tokens[self.position - 1].kind == ":"

    def text_from(self, position: int) -> str:
        """The text from a token to the one just taken."""
        return self._text[
            self._tokens[position].column : self._tokens[self.position - 1].end
        ].strip()

    def column_of(self, position: int) -> int:
        """Where a token begins."""
        return self._tokens[position].column

    def error(self, message: str) -> HoursSyntaxError:
        """An error about the token here."""
        return HoursSyntaxError(message, self._tokens[self.position].column)

    def error_before(self, message: str) -> HoursSyntaxError:
        """An error about the token just taken."""
        return HoursSyntaxError(message, self._tokens[self.position - 1].column)

    # Numbers

    def number(self, low: int, high: int, what: str) -> int:
        """A number within bounds; `what` says in the error what it should be."""
        value = int(cast("str", self.expect("number", what)))
        if not low <= value <= high:
            raise self.error_before(f"{value} is not {what}: those go from {low} to {high}")
        return value

    def year(self) -> int:
        """A year of four digits."""
        return self.number(FIRST_YEAR, LAST_YEAR, "a year")

    @property
    def at_year(self) -> bool:
        """Whether the token here looks like a year."""
        return self.kind == "number" and len(cast("str", self._tokens[self.position].value)) == 4

    @property
    def next_is_year(self) -> bool:
        """Whether the token after this one looks like a year."""
        token = self._tokens[min(self.position + 1, len(self._tokens) - 1)]
        return token.kind == "number" and len(cast("str", token.value)) == 4

    @property
    def at_date(self) -> bool:
        """Whether a month, a date, or a year followed by one comes next."""
        if self.kind in ("month", "easter"):
            return True
        return self.at_year and self.kind_ahead(1) in ("month", "easter")

    # Shifts and nths

    def day_shift(self) -> int:
        """`+2 days`, `-1 day`, or nothing: by how many days."""
        if self.kind not in ("+", "-") or not self.follows(self.kind, "number", "days"):
            return 0
        sign = 1 if self.take() == "+" else -1
        shift = sign * self.number(1, _MOST_DAYS, "a number of days")
        self.advance()
        return shift

    def nths(self) -> tuple[tuple[int, int], ...]:
        """`[1]`, `[-1]`, `[1,3]`, `[2-4]`: which of a weekday in the month."""
        found: list[tuple[int, int]] = []
        self.advance()
        while True:
            sign = 1
            if self.kind == "-":
                sign = -1
                self.advance()
            first = last = sign * self.number(1, 5, "a weekday's place in its month")
            if self.kind == "-":
                self.advance()
                last = self.number(1, 5, "a weekday's place in its month")
                if sign < 0 or last <= first:
                    raise self.error_before("such a range goes upwards, as in [1-3]")
            found.append((first, last))
            if self.kind != ",":
                break
            self.advance()
        self.expect("]", "a closing square bracket")
        return tuple(found)
