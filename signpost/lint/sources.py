"""Sources: each fact has one, with a date that can be true."""

from collections.abc import Iterator

from signpost.core.dates import day_words
from signpost.core.evidence import deciding_facts
from signpost.core.hours import OPEN
from signpost.core.services import Source
from signpost.lint.hours import placed_rules
from signpost.lint.records import Data, Part, written_at
from signpost.lint.references import is_closed
from signpost.lint.rules import Found, error, warning


def unsupported_fact(data: Data) -> Found:
    """Hours, contact and location are each supported by a source that speaks of the channel.

    A fact that no source supports is shown as *check first* for ever. Add it to the `supports`
    of the source that gives it, or take the fact out.

    PASS:
        sources:
          - {url: "https://example.org/help", published: 2026-06, grade: provider,
             supports: [name, contact, hours]}

    FAIL:
        channels:
          - {id: line, kind: phone, access: anyone, number: 0808 157 0123, hours: 24/7}  # <--
        sources:
          - {url: "https://example.org/help", published: 2026-06, grade: provider,
             supports: [name, contact]}
    """
    for part in data.parts():
        for fact in _said_facts(part):
            if not any(_speakers(part, fact)):
                yield part.at(_key_of(part, fact)), (
                    f'no source supports the {fact} of "{part.channel.id}"; add {fact} to the '
                    "supports of the source that gives it"
                )


def _said_facts(part: Part) -> Iterator[str]:
    """The deciding facts of a regime that it states: hours that are only doubtful are no fact."""
    for fact in deciding_facts(part.channel, part.regime):
        if fact != "hours" or any(rule.state == OPEN for _, rule in placed_rules(part)):
            yield fact


def _speakers(part: Part, fact: str) -> Iterator[Source]:
    for source in part.entry.service.sources:
        if fact in source.supports and (not source.channels or part.channel.id in source.channels):
            yield source


def _key_of(part: Part, fact: str) -> str:
    if fact != "contact":
        return fact
    return next(key for key in ("number", "url", "email") if getattr(part.regime, key))


def undated_fact(data: Data) -> Found:
    """The hours of a channel for help have a dated source, while the service is there.

    With undated sources only, it is shown as *check first*. Look for a date on the page, or
    work one out from its context and mark it with `~`.

    PASS:
        sources:
          - {url: "https://example.org/help", published: 2026-06~, grade: provider,
             supports: [name, contact, hours]}

    FAIL:
        channels:
          - {id: line, kind: phone, access: anyone, number: 0808 157 0123, hours: 24/7}  # <--
        sources:
          - {url: "https://example.org/help", published: undated, grade: provider,
             supports: [name, contact, hours]}
    """
    for entry in data.entries:
        undated = [part for part in entry.parts() if _is_undated(part, data.released)]
        if undated and not is_closed(entry.service):
            names = ", ".join(dict.fromkeys(f'"{part.channel.id}"' for part in undated))
            yield undated[0].at("hours"), (
                f"only undated sources give the hours of {names}; date one (2024~ if worked out), "
                "or find a dated page"
            )


def _is_undated(part: Part, released: int | None) -> bool:
    speakers = list(_speakers(part, "hours"))
    return (
        bool(speakers)
        and all(source.published is None for source in speakers)
        and "hours" in _said_facts(part)
        and part.regime.purpose == "help"
        and not part.is_over(released)
    )


def future_source(data: Data) -> Found:
    """No source is from after the data set's release.

    The release date is in `dataset.yaml`; the year of a source is easily mistyped.

    PASS:
        sources:
          - {url: "https://example.org/help", published: 2026-06, grade: provider,
             supports: [name, contact, hours]}

    FAIL:
        sources:
          - {url: "https://example.org/help", published: 2036-06, grade: provider,  # <--
             supports: [name, contact, hours]}
    """
    if data.released is None:
        return
    for entry in data.entries:
        for source, fields in entry.sources():
            for key, when in (("published", source.published), ("since", source.since)):
                if when and when.first > data.released:
                    yield written_at(fields, key), (
                        f"{key} {when.words} is after the data's release, "
                        f"{day_words(data.released)}; correct it, or the release"
                    )


def since_after_published(data: Data) -> Found:
    """What a page says held before the page was published.

    PASS:
        sources:
          - {url: "https://example.org/help", published: 2026-06, since: 2020, grade: provider,
             supports: [name, contact, hours]}

    FAIL:
        sources:
          - {url: "https://example.org/help", published: 2020-06, since: 2026, grade: provider,  # <--
             supports: [name, contact, hours]}
    """  # noqa: E501
    for entry in data.entries:
        for source, fields in entry.sources():
            if source.since and source.published and source.since.first > source.published.last:
                yield written_at(fields, "since"), (
                    f"since {source.since.words} is after the page's own date, "
                    f"{source.published.words}; correct one of them"
                )


def duplicate_source(data: Data) -> Found:
    """A page of one date is listed once.

    A page that speaks differently of several channels may stand once for each of them.

    PASS:
        sources:
          - {url: "https://example.org/help", published: 2026-06, grade: provider,
             supports: [name, contact, hours]}

    FAIL:
        sources:
          - {url: "https://example.org/help", published: 2026-06, grade: provider,
             supports: [name, contact]}
          - {url: "https://example.org/help", published: 2026-06, grade: provider,  # <--
             supports: [hours]}
    """
    for entry in data.entries:
        seen: dict[object, int] = {}
        for source, fields in entry.sources():
            published = source.published.text if source.published else None
            key = (source.url, published, source.channels, source.since)
            first = seen.setdefault(key, fields.position.line)
            if source.url and first != fields.position.line:
                yield (
                    written_at(fields, "url"),
                    (f"this page stands on line {first} already, with the same date; join the two"),
                )


def supports_nothing(data: Data) -> Found:
    """A source supports something.

    One that supports nothing stands in the record without effect: say what it supports, or
    move what it tells to the notes.

    PASS:
        sources:
          - {url: "https://example.org/help", published: 2026-06, grade: provider,
             supports: [name, contact, hours]}

    FAIL:
        sources:
          - {url: "https://example.org/help", published: 2026-06, grade: provider,
             supports: [name, contact, hours]}
          - {url: "https://example.org/news", published: 2026-05, grade: press, supports: []}  # <--
    """
    for entry in data.entries:
        for source, fields in entry.sources():
            if not source.supports:
                yield (
                    written_at(fields, "supports"),
                    ("this source supports nothing; name what it gives, or make it a note"),
                )


def source_of_nothing(data: Data) -> Found:
    """A source supports only what the record holds.

    One said to give hours, in a record where all hours are unknown, hints at a fact that was
    not carried over.

    PASS:
        channels:
          - {id: line, kind: phone, access: anyone, number: 0808 157 0123, hours: 24/7}

    FAIL:
        channels:
          - {id: line, kind: phone, access: anyone, number: 0808 157 0123, hours: unknown}
        sources:
          - {url: "https://example.org/help", published: 2026-06, grade: provider,
             supports: [name, contact, hours]}  # <--
    """
    for entry in data.entries:
        parts = list(entry.parts())
        held = {
            "hours": any(part.texts("hours") for part in parts),
            "location": any(part.location() for part in parts),
        }
        for source, fields in entry.sources():
            for fact in source.supports:
                if not held.get(fact, True):
                    yield written_at(fields, "supports"), (
                        f"this source is said to support {fact}, and the record holds none; carry "
                        f"it over, or remove {fact}"
                    )


RULES = (
    warning(unsupported_fact),
    warning(undated_fact),
    error(future_source),
    error(since_after_published),
    warning(duplicate_source),
    warning(supports_nothing),
    warning(source_of_nothing),
)
