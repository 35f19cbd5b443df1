"""The rules that the loader applies while it reads: their pages, beside those of the judgements.

What they complain of keeps a record out of the answers, so nearly all are errors.
"""

from inspect import cleandoc

from signpost.dataset.problems import ERROR, WARNING
from signpost.lint.rules import Rule


def _read(name: str, page: str, severity: str = ERROR) -> Rule:
    return Rule(name, severity, cleandoc(page), None)


RULES = (
    _read("file-unreadable", """
        A record file can be opened.

        Check its permissions, and that it is a file.
    """),
    _read("file-size", """
        A record file is at most a million bytes.

        A record has a few thousand: something else was saved under its name.
    """),
    _read("empty-file", """
        A record file holds a record.

        PASS:
            name: Sample helpline

        FAIL:
            # file: services/blank.yaml
            # only a comment
    """),
    _read("yaml-syntax", """
        A file is YAML: UTF-8 text, indented with spaces, brackets and quotes closed.

        PASS:
            aliases: [The Sample Line]

        FAIL:
            aliases: [The Sample Line  # <--
    """),
    _read("yaml-documents", """
        A file holds one record.

        Write the second one into a file of its own.

        FAIL:
            aliases: [The Sample Line]
            ---  # <--
            aliases: [The Other Line]
    """),
    _read("file-name", """
        A record's file ends in .yaml.

        FAIL:
            # file: services/sample.yml
            name: Sample helpline
    """),
    _read("bad-calendar", """
        The table of bank holidays of a data set can be read.

        `calendars/bank_holidays.tsv` has a day, a division and a title in each row.
    """),
    _read("yaml-alias", """
        Records use no anchors and aliases (`&` and `*`).

        Whoever edits one place would change another unseen. Write the value out.

        PASS:
            aliases: [The Sample Line]

        FAIL:
            aliases: &names [The Sample Line]
            partners: *names  # <--
    """),
    _read("yaml-tag", """
        Records use no YAML tags.

        PASS:
            aliases: [The Sample Line]

        FAIL:
            aliases: !names [The Sample Line]  # <--
    """),
    _read("yaml-depth", """
        A record is nested at most twelve deep.

        PASS:
            aliases: [The Sample Line]

        FAIL:
            aliases: [[[[[[[[[[[[[[deep]]]]]]]]]]]]]]  # <--
    """),
    _read("bad-key", """
        A key is a plain word.

        PASS:
            aliases: [The Sample Line]

        FAIL:
            ? [aliases, partners]  # <--
            : The Sample Line
    """),
    _read("duplicate-key", """
        No key is written twice in one mapping: one of the two would be lost.

        PASS:
            aliases: [The Sample Line, The Line]

        FAIL:
            aliases: [The Sample Line]
            aliases: [The Line]  # <--
    """),
    _read("unknown-key", """
        Every key is one that records have; a misspelt key would say nothing.

        docs/data.md lists the keys.

        PASS:
            aliases: [The Sample Line]

        FAIL:
            alaises: [The Sample Line]  # <--
    """),
    _read("missing-key", """
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
    _read("empty-value", """
        No key is left without a value.

        PASS:
            organization: unknown

        FAIL:
            organization:  # <--
    """),
    _read("bad-value", """
        A value has the shape its key needs: a text, a list or a mapping.

        PASS:
            organization: Sample Trust

        FAIL:
            organization: [Sample Trust]  # <--
    """),
    _read("unsafe-text", """
        No text holds control or invisible characters.

        They can rewrite a terminal's screen, or make a number read otherwise than it is dialled.

        PASS:
            organization: Sample Trust

        FAIL:
            organization: "Sample\\u200b Trust"  # <--
    """),
    _read("unknown-word", """
        A word of a closed list is one of the list.

        PASS:
            kind: helpline

        FAIL:
            kind: help_line  # <--
    """),
    _read("bad-id", """
        An id is lower-case letters, digits and hyphens.

        PASS:
            # file: services/sample-line.yaml
            name: Sample helpline

        FAIL:
            # file: services/Sample_Line.yaml
            name: Sample helpline
    """),
    _read("id-mismatch", """
        The id of a record is its file's name, so that whoever has the one finds the other.

        PASS:
            id: sample

        FAIL:
            id: sampel  # <--
    """),
    _read("duplicate-id", """
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
    _read("bad-reference", """
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
    _read("bad-date", """
        Dates are 2023-08-12, 2023-08 or 2023, with `~` behind if worked out, or unknown.

        PASS:
            life:
              - {opens: 2023-08}

        FAIL:
            life:
              - {opens: 08/2023}  # <--
    """),
    _read("bad-life", """
        An event of a life is one thing that happened, with its date.

        PASS:
            life:
              - {opens: 2023-08}
              - {closes: 2024-03-31}

        FAIL:
            life:
              - {opens: 2023-08, closes: 2024-03-31}  # <--
    """),
    _read("bad-regime", """
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
    _read("bad-age", """
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
    _read("bad-area", """
        Every area of `service_area` exists, and says of what kind it is.

        PASS:
            service_area: ["district:High Peak"]

        FAIL:
            service_area: ["district:Buxton"]  # <--
    """),
    _read("bad-place", """
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
    _read("bad-postcode", """
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
    _read("bad-point", """
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
    _read("bad-number", """
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
    _read("bad-url", """
        A web address begins with https:// or http:// and has no spaces.

        PASS:
            channels:
              - {id: chat, kind: web_chat, access: anyone, url: "https://example.org", hours: 24/7}

        FAIL:
            channels:
              - {id: chat, kind: web_chat, access: anyone, url: www.example.org, hours: 24/7}  # <--
    """),
    _read("bad-email", """
        An e-mail address has one @ and a domain.

        PASS:
            channels:
              - {id: mail, kind: email, access: anyone, email: help@example.org, hours: unknown}

        FAIL:
            channels:
              - {id: mail, kind: email, access: anyone, hours: unknown,
                 email: help at example.org}  # <--
    """),
    _read("bad-time", """
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
    _read("hours-syntax", """
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
    _read("hours-form", """
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
    _read("hours-open-end", """
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
