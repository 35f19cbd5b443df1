"""An hours expression in plain English, the NHS way."""

from signpost.core.hours.expression import Expression


def words(expression: Expression, clock: int = 12) -> str:
    """The hours as one would say them."""
    return expression.canonical()
