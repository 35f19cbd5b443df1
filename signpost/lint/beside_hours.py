"""What stands beside the hours (bank holidays, the last entry) against the hours themselves."""

from signpost.lint.hours import DAY, clock_words, fixed_spans, parsed, placed_rules
from signpost.lint.records import Data
from signpost.lint.rules import Found, error, warning


def always_with_bank_holidays(data: Data) -> Found:
    """`24/7` stands without `bank_holidays`.

    24/7 means bank holidays too. If they differ, the hours are not 24/7: write
    Mo-Su 00:00-24:00 and say what bank holidays do.

    PASS:
        channels:
          - {id: line, kind: phone, access: anyone, number: 0808 157 0123, hours: 24/7}

    FAIL:
        channels:
          - {id: line, kind: phone, access: anyone, number: 0808 157 0123,
             hours: 24/7, bank_holidays: closed}  # <--
    """
    for part in data.parts():
        regime = part.regime
        if regime.hours and regime.bank_holidays and parsed(regime.hours).is_always:
            yield part.at("bank_holidays"), (
                "the hours are 24/7, bank holidays included; remove bank_holidays, or write "
                "Mo-Su 00:00-24:00 if they differ"
            )


def holidays_twice(data: Data) -> Found:
    """What bank holidays do is said in one place.

    Either `PH` in the hours or `bank_holidays`: of two, one is not heeded.

    PASS:
        channels:
          - {id: line, kind: phone, access: anyone, number: 0808 157 0123,
             hours: "Mo-Fr 09:00-17:00; PH off"}

    FAIL:
        channels:
          - {id: line, kind: phone, access: anyone, number: 0808 157 0123,
             hours: "Mo-Fr 09:00-17:00; PH off", bank_holidays: as_usual}  # <--
    """
    for part in data.parts():
        regime = part.regime
        if regime.hours and regime.bank_holidays and parsed(regime.hours).uses_holidays:
            yield (
                part.at("bank_holidays"),
                ("the hours say what bank holidays do (PH), and so does bank_holidays; keep one"),
            )


def last_entry_outside(data: Data) -> Found:
    """The last entry lies within a session.

    PASS:
        channels:
          - {id: door, kind: in_person, access: walk_in, location: {town: "Buxton, Derbyshire"},
             hours: "Mo-Su 18:00-23:00", last_entry: "22:30"}

    FAIL:
        channels:
          - {id: door, kind: in_person, access: walk_in, location: {town: "Buxton, Derbyshire"},
             hours: "Mo-Su 18:00-23:00", last_entry: "23:30"}  # <--
    """
    for part in data.parts():
        entry = part.regime.last_entry
        if entry is None:
            continue
        spans = [span for _, rule in placed_rules(part) for span in fixed_spans(rule)]
        if not any(start < minute < end for start, end in spans for minute in (entry, entry + DAY)):
            yield part.at("last_entry"), (
                f"the last entry, {clock_words(entry)}, is within no session of the hours; "
                "correct one of them"
            )


RULES = (
    warning(always_with_bank_holidays),
    error(holidays_twice),
    error(last_entry_outside),
)
