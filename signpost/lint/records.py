"""Records as rules see them: each value beside the place in its file where it is written."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from signpost.core.dates import parse_date
from signpost.core.places import Place, UnknownPlace
from signpost.core.services import Channel, LifeEvent, Location, Notice, Regime, Service, Source
from signpost.dataset.gazetteer import Gazetteer
from signpost.dataset.load import INHERITED_KEYS, Loaded
from signpost.dataset.problems import Position
from signpost.dataset.source import Fields, Items, Node, Text
from signpost.errors import SignpostError

UNWRITTEN = ("unknown", "undated")
"""Texts that stand for a value that is not known: the loader gives none for them."""

LONGEST_DATE = 366 + 14
"""Days that a partial date can span; what spans more is an event of no known date."""


def written_at(fields: Fields, key: str) -> Position:
    """Where the value of a key stands, or its mapping when the key is missing."""
    found = fields.values.get(key)
    return found[1].position if found else fields.position


def written_texts(fields: Fields, key: str) -> list[tuple[Position, str]]:
    """The texts of a key, alone or in a list, each with its position; `unknown` is none."""
    found = fields.values.get(key)
    return [] if found is None else list(_texts(found[1]))


def written_mappings(fields: Fields, key: str) -> list[Fields]:
    """The mappings in the list of a key."""
    found = fields.values.get(key)
    if found is None or not isinstance(found[1], Items):
        return []
    return [item for item in found[1].values if isinstance(item, Fields)]


def _texts(node: Node) -> Iterator[tuple[Position, str]]:
    nodes = node.values if isinstance(node, Items) else (node,)
    for item in (item for item in nodes if isinstance(item, Text)):
        value = " ".join(item.value.split())
        if value and value not in UNWRITTEN:
            yield item.position, value


class Entry(NamedTuple):
    """One service and the tree of its file."""

    service: Service
    tree: Fields

    def at(self, key: str) -> Position:
        """Where a key of the record stands."""
        return written_at(self.tree, key)

    def texts(self, key: str) -> list[tuple[Position, str]]:
        """The texts of a key of the record, with their positions."""
        return written_texts(self.tree, key)

    def parts(self) -> "Iterator[Part]":
        """Every regime of every channel, in order."""
        channels = written_mappings(self.tree, "channels")
        for channel, fields in zip(self.service.channels, channels, strict=True):
            regimes = written_mappings(fields, "regimes")
            for number, regime in enumerate(channel.regimes):
                own = (regimes[number],) if regimes else ()
                yield Part(self, channel, regime, (*own, fields))

    def sources(self) -> "Iterator[SourceEntry]":
        """Every source with its mapping."""
        for source, fields in zip(
            self.service.sources, written_mappings(self.tree, "sources"), strict=True
        ):
            yield SourceEntry(source, fields)

    def life(self) -> Iterator[tuple[Position, LifeEvent]]:
        """Every dated event of the life with its position."""
        events = list(self.service.life)
        for fields in written_mappings(self.tree, "life"):
            if events and _tells_of(fields, events[0]):
                yield fields.position, events.pop(0)


def _tells_of(fields: Fields, event: LifeEvent) -> bool:
    """Whether a mapping is this event; one whose date is unknown may stand for none at all."""
    found = fields.values.get(event.what)
    written = found[1].value if found and isinstance(found[1], Text) else ""
    return written == event.when.text or (
        written == "unknown" and event.when.last - event.when.first > LONGEST_DATE
    )


class SourceEntry(NamedTuple):
    """One source of a record, and its mapping."""

    source: Source
    fields: Fields


class Part(NamedTuple):
    """One regime of a channel. `layers` are the mappings that may hold its keys, nearest first."""

    entry: Entry
    channel: Channel
    regime: Regime
    layers: tuple[Fields, ...]

    def _layer(self, key: str) -> Fields | None:
        inherited = (self.entry.tree,) if key in INHERITED_KEYS else ()
        return next((fields for fields in (*self.layers, *inherited) if key in fields.values), None)

    def says(self, key: str) -> bool:
        """Whether the key is written for this regime, in it or above it."""
        return self._layer(key) is not None

    def at(self, key: str) -> Position:
        """Where the value of a key stands that holds for this regime."""
        return written_at(self._layer(key) or self.layers[0], key)

    def texts(self, key: str) -> list[tuple[Position, str]]:
        """The texts of such a key, with their positions."""
        layer = self._layer(key)
        return written_texts(layer, key) if layer is not None else []

    def location(self) -> "tuple[Location, Fields] | None":
        """The door and its mapping."""
        layer = self._layer("location")
        fields = layer.values["location"][1] if layer is not None else None
        if self.regime.location is None or not isinstance(fields, Fields):
            return None
        return self.regime.location, fields

    def is_over(self, day: int | None) -> bool:
        """Whether the regime has surely ended by a day (an ordinal)."""
        until = self.regime.until
        return until is not None and day is not None and until.last < day


class Alert(NamedTuple):
    """One notice and the tree of its file."""

    notice: Notice
    tree: Fields

    def at(self, key: str) -> Position:
        """Where a key of the notice stands."""
        return written_at(self.tree, key)


class Data:
    """What is judged, and what it is judged beside.

    `entries` and `alerts` are judged; `services` are all that are in use, by id, these among
    them. `released` is the day (an ordinal) of the data set's release, None when it states
    none. `whole_at` is where complaints about the data as a whole stand; None when only a
    part is judged.
    """

    def __init__(
        self,
        files: Iterable[Loaded],
        gazetteer: Gazetteer,
        released: str = "",
        others: Iterable[Service] = (),
        whole_at: Position | None = None,
    ) -> None:
        self.files = tuple(files)
        self.entries = tuple(
            Entry(file.service, file.tree)
            for file in self.files
            if file.service is not None and isinstance(file.tree, Fields)
        )
        self.alerts = tuple(
            Alert(file.notice, file.tree)
            for file in self.files
            if file.notice is not None and isinstance(file.tree, Fields)
        )
        self.services = {service.id: service for service in others}
        self.services |= {entry.service.id: entry.service for entry in self.entries}
        self.released = parse_date(released).first if released else None
        self.whole_at = whole_at
        self._gazetteer = gazetteer
        self._places: dict[str, Place | SignpostError] = {}

    def parts(self) -> Iterator[Part]:
        """Every regime of every channel that is judged."""
        for entry in self.entries:
            yield from entry.parts()

    def place(self, text: str) -> Place | None:
        """The place of a name, a postcode or a point; None when there is no telling."""
        found = self._answer(text)
        return found if isinstance(found, Place) else None

    def is_nowhere(self, text: str) -> bool:
        """Whether no place is called that (several may be what was meant)."""
        return isinstance(self._answer(text), UnknownPlace)

    def _answer(self, text: str) -> Place | SignpostError:
        if text not in self._places:
            try:
                self._places[text] = self._gazetteer.place(text)
            except SignpostError as refusal:
                self._places[text] = refusal
        return self._places[text]
