"""The rules by which the loader reads the keys and values of a record, as their pages.

What they complain of keeps a record out of the answers, so nearly all are errors.
"""

from signpost.dataset.problems import WARNING
from signpost.lint.rules import read_rule

RULES = (
    read_rule("unknown-key", """
        Every key is one that records have; a misspelt key would say nothing.

        docs/data.md lists the keys.

        PASS:
            aliases: [The Sample Line]

        FAIL:
            alaises: [The Sample Line]  # <--
    """),
    read_rule("missing-key", """
        The keys that a record, a channel and a source must have are there.

        Where no source says, write unknown. There is at least one channel, and one source: no
        number, hour or address enters the data without one.

        PASS:
            channels:
              - {id: line, kind: phone, access: anyone, number: 0808 157 0123, hours: unknown}

        FAIL:
            channels:
              - {id: line, kind: phone, access: anyone, number: 0808 157 0123}  # <--
    """),
    read_rule("empty-value", """
        No key is left without a value.

        PASS:
            organization: unknown

        FAIL:
            organization:  # <--
    """),
    read_rule("bad-value", """
        A value has the shape its key needs: a text, a list or a mapping.

        PASS:
            organization: Sample Trust

        FAIL:
            organization: [Sample Trust]  # <--
    """),
    read_rule("unsafe-text", """
        No text holds control or invisible characters.

        They can rewrite a terminal's screen, or make a number read otherwise than it is dialled.

        PASS:
            organization: Sample Trust

        FAIL:
            organization: "Sample\\u200b Trust"  # <--
    """),
    read_rule("unknown-word", """
        A word of a closed list is one of the list.

        PASS:
            kind: helpline

        FAIL:
            kind: help_line  # <--
    """),
    read_rule("bad-id", """
        An id is lower-case letters, digits and hyphens.

        PASS:
            # file: services/sample-line.yaml
            name: Sample helpline

        FAIL:
            # file: services/Sample_Line.yaml
            name: Sample helpline
    """),
    read_rule("id-mismatch", """
        The id of a record is its file's name, so that whoever has the one finds the other.

        PASS:
            id: sample

        FAIL:
            id: sampel  # <--
    """),
    read_rule("duplicate-id", """
        No two records have one id, and no two channels of a record.

        PASS:
            # file: services/high-peak/haven.yaml
            name: The Haven, Buxton
            # file: services/leek/haven-leek.yaml
            name: The Haven, Leek

        FAIL:
            # file: services/high-peak/haven.yaml
            name: The Haven, Buxton
            # file: services/leek/haven.yaml
            name: The Haven, Leek
    """),
    read_rule("bad-reference", """
        A source's `channels` are channels of its record.

        PASS:
            sources:
              - {url: "https://example.org/help", published: 2026-06, grade: provider,
                 channels: [line], supports: [contact, hours]}

        FAIL:
            sources:
              - {url: "https://example.org/help", published: 2026-06, grade: provider,
                 channels: [phone], supports: [contact, hours]}  # <--
    """),
    read_rule("bad-date", """
        Dates are 2023-08-12, 2023-08 or 2023, with `~` behind if worked out, or unknown.

        PASS:
            life:
              - {opens: 2023-08}

        FAIL:
            life:
              - {opens: 08/2023}  # <--
    """),
    read_rule("bad-life", """
        An event of a life is one thing that happened, with its date.

        PASS:
            life:
              - {opens: 2023-08}
              - {closes: 2024-03-31}

        FAIL:
            life:
              - {opens: 2023-08, closes: 2024-03-31}  # <--
    """),
    read_rule("bad-regime", """
        A regime ends after it begins, and so does an alert.

        PASS:
            channels:
              - {id: line, kind: phone, access: anyone, number: 0808 157 0123,
                 regimes: [{from: 2020, until: 2021, hours: 24/7}]}

        FAIL:
            channels:
              - {id: line, kind: phone, access: anyone, number: 0808 157 0123,
                 regimes: [{from: 2021, until: 2020, hours: 24/7}]}  # <--
    """),
    read_rule("bad-age", """
        Ages are whole years, the least not above the greatest.

        PASS:
            min_age: 11
            max_age: 25

        FAIL:
            min_age: 18+  # <--

        FAIL:
            min_age: 25
            max_age: 11  # <--
    """),
    read_rule("bad-area", """
        Every area of `service_area` exists, and says of what kind it is.

        PASS:
            service_area: ["district:High Peak"]

        FAIL:
            service_area: ["district:Buxton"]  # <--
    """),
    read_rule("bad-place", """
        The town of a door exists, and is told from its namesakes.

        PASS:
            channels:
              - {id: door, kind: in_person, access: walk_in, hours: "Mo-Su 18:00-23:00",
                 location: {town: "Buxton, Derbyshire"}}

        FAIL:
            channels:
              - {id: door, kind: in_person, access: walk_in, hours: "Mo-Su 18:00-23:00",
                 location: {town: Buxtown}}  # <--
    """),
    read_rule("bad-postcode", """
        A postcode is whole, in capitals, with its space.

        PASS:
            channels:
              - {id: door, kind: in_person, access: walk_in, hours: "Mo-Su 18:00-23:00",
                 location: {town: "Buxton, Derbyshire", postcode: SK17 6BD}}

        FAIL:
            channels:
              - {id: door, kind: in_person, access: walk_in, hours: "Mo-Su 18:00-23:00",
                 location: {town: "Buxton, Derbyshire", postcode: SK17}}  # <--
    """),
    read_rule("bad-point", """
        A point is in degrees, in the UK, latitude first.

        PASS:
            channels:
              - {id: door, kind: in_person, access: walk_in, hours: "Mo-Su 18:00-23:00",
                 location: {town: "Buxton, Derbyshire", lat: 53.259, lon: -1.913}}

        FAIL:
            channels:
              - {id: door, kind: in_person, access: walk_in, hours: "Mo-Su 18:00-23:00",
                 location: {town: "Buxton, Derbyshire", lat: -1.913, lon: 53.259}}  # <--
    """),
    read_rule("bad-number", """
        A number is digits and single spaces, nothing else.

        What to press goes in `menu_option`, the word to text in `keyword`: shown is what is
        dialled.

        PASS:
            channels:
              - {id: line, kind: phone, access: anyone, number: 111, menu_option: 2, hours: 24/7}

        FAIL:
            channels:
              - {id: line, kind: phone, access: anyone, number: 111 option 2, hours: 24/7}  # <--
    """),
    read_rule("bad-url", """
        A web address begins with https:// or http:// and has no spaces.

        PASS:
            channels:
              - {id: chat, kind: web_chat, access: anyone, url: "https://example.org", hours: 24/7}

        FAIL:
            channels:
              - {id: chat, kind: web_chat, access: anyone, url: www.example.org, hours: 24/7}  # <--
    """),
    read_rule("bad-email", """
        An e-mail address has one @ and a domain.

        PASS:
            channels:
              - {id: mail, kind: email, access: anyone, email: help@example.org, hours: unknown}

        FAIL:
            channels:
              - {id: mail, kind: email, access: anyone, hours: unknown,
                 email: help at example.org}  # <--
    """),
    read_rule("bad-time", """
        `last_entry` is a time of day, HH:MM.

        PASS:
            channels:
              - {id: door, kind: in_person, access: walk_in, location: {town: "Buxton, Derbyshire"},
                 hours: "Mo-Su 18:00-23:00", last_entry: "22:30"}

        FAIL:
            channels:
              - {id: door, kind: in_person, access: walk_in, location: {town: "Buxton, Derbyshire"},
                 hours: "Mo-Su 18:00-23:00", last_entry: "10.30pm"}  # <--
    """),
    read_rule("hours-syntax", """
        Hours follow the notation of docs/data.md; the complaint points at the fault.

        PASS:
            channels:
              - {id: line, kind: phone, access: anyone, number: 0808 157 0123,
                 hours: Mo-Fr 09:00-17:00}

        FAIL:
            channels:
              - {id: line, kind: phone, access: anyone, number: 0808 157 0123,
                 hours: Mo-Fr 9am to 5pm}  # <--
    """),
    read_rule("hours-form", """
        Hours are in the notation's own spelling.

        They are understood all the same, but other programs may not.

        PASS:
            channels:
              - {id: line, kind: phone, access: anyone, number: 0808 157 0123,
                 hours: "Mo-Fr 09:00-17:00"}

        FAIL:
            channels:
              - {id: line, kind: phone, access: anyone, number: 0808 157 0123,
                 hours: "Mo-Fr 9:00-17:00"}  # <--
    """, WARNING),
    read_rule("hours-open-end", """
        Hours have an end: an open one (`18:00+`) is written out, with its doubt.

        PASS:
            channels:
              - {id: line, kind: phone, access: anyone, number: 0808 157 0123,
                 hours: 'Mo-Su 18:00-24:00 unknown "closing time not published"'}

        FAIL:
            channels:
              - {id: line, kind: phone, access: anyone, number: 0808 157 0123,
                 hours: "Mo-Su 18:00+"}  # <--
    """),
)  # fmt: skip
