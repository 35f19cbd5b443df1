"""What can go wrong that is not a bug: one base class for people, one for values."""


class SignpostError(Exception):
    """Something the person at the keyboard can put right.

    Caught in one place, `signpost.cli.main`, which prints the text and the
    emergency lines. `code` is the machine's word for it in JSON answers.
    """

    exit_code = 2
    code = "bad_option"

    @property
    def candidates(self) -> tuple[str, ...]:
        """What the person may have meant, best first."""
        return ()


class InvalidValue(ValueError):
    """A text that is not what its parser reads; says what is wrong and how to write it.

    `column` is the 0-based offset of the fault inside the text, where one is known.
    """

    def __init__(self, message: str, column: int | None = None) -> None:
        super().__init__(message)
        self.column = column
