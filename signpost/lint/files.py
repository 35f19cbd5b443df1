"""The rules by which the loader reads a file at all, as their pages: YAML, and one record in it.

What they complain of keeps a record out of the answers, so all are errors.
"""

from signpost.lint.rules import read_rule

RULES = (
    read_rule("file-unreadable", """
        A record file can be opened.

        Check its permissions, and that it is a file.
    """),
    read_rule("file-size", """
        A record file is at most a million bytes.

        A record has a few thousand: something else was saved under its name.
    """),
    read_rule("empty-file", """
        A record file holds a record.

        PASS:
            name: Sample helpline

        FAIL:
            # file: services/blank.yaml
            # only a comment
    """),
    read_rule("yaml-syntax", """
        A file is YAML: UTF-8 text, indented with spaces, brackets and quotes closed.

        PASS:
            aliases: [The Sample Line]

        FAIL:
            aliases: [The Sample Line  # <--
    """),
    read_rule("yaml-documents", """
        A file holds one record.

        Write the second one into a file of its own.

        FAIL:
            aliases: [The Sample Line]
            ---  # <--
            aliases: [The Other Line]
    """),
    read_rule("file-name", """
        A record's file ends in .yaml.

        FAIL:
            # file: services/sample.yml
            name: Sample helpline
    """),
    read_rule("bad-calendar", """
        The table of bank holidays of a data set can be read.

        `calendars/bank_holidays.tsv` has a day, a division and a title in each row.
    """),
    read_rule("yaml-alias", """
        Records use no anchors and aliases (`&` and `*`).

        Whoever edits one place would change another unseen. Write the value out.

        PASS:
            aliases: [The Sample Line]

        FAIL:
            aliases: &names [The Sample Line]
            partners: *names  # <--
    """),
    read_rule("yaml-tag", """
        Records use no YAML tags.

        PASS:
            aliases: [The Sample Line]

        FAIL:
            aliases: !names [The Sample Line]  # <--
    """),
    read_rule("yaml-depth", """
        A record is nested at most twelve deep.

        PASS:
            aliases: [The Sample Line]

        FAIL:
            aliases: [[[[[[[[[[[[[[deep]]]]]]]]]]]]]]  # <--
    """),
    read_rule("bad-key", """
        A key is a plain word.

        PASS:
            aliases: [The Sample Line]

        FAIL:
            ? [aliases, partners]  # <--
            : The Sample Line
    """),
    read_rule("duplicate-key", """
        No key is written twice in one mapping: one of the two would be lost.

        PASS:
            aliases: [The Sample Line, The Line]

        FAIL:
            aliases: [The Sample Line]
            aliases: [The Line]  # <--
    """),
)  # fmt: skip
