"""Judgements about data that can be read: the rules, and what they find.

A rule is a function over `Data` whose docstring is its documentation page. To add one, write it
in the module of its family and name it in that module's RULES.
"""

from signpost.dataset.problems import WARNING, Problem
from signpost.lint import (
    accepting,
    alerts,
    beside_hours,
    contacts,
    eligibility,
    files,
    freshness,
    hours,
    lives,
    places,
    prose,
    references,
    regimes,
    roles,
    shape,
    sources,
    text,
)
from signpost.lint.records import Data
from signpost.lint.rules import Rule, read_rule

ACCEPTING = read_rule(accepting.ID, accepting.PAGE, WARNING)

RULES: dict[str, Rule] = {
    rule.id: rule
    for family in (
        files.RULES, shape.RULES, references.RULES, hours.RULES, beside_hours.RULES, lives.RULES,
        regimes.RULES, contacts.RULES, prose.RULES, places.RULES, eligibility.RULES, roles.RULES,
        sources.RULES, freshness.RULES, alerts.RULES, text.RULES, (ACCEPTING,),
    )
    for rule in family
}  # fmt: skip
"""Every rule by its id, those of the loader included."""


def check(data: Data) -> list[Problem]:
    """Everything that is wrong with what is judged, in the order of files and lines."""
    found = [problem for file in data.files for problem in file.problems]
    for rule in RULES.values():
        if rule.check is not None:
            found += [Problem(at, rule.severity, rule.id, said) for at, said in rule.check(data)]
    paths = [file.path for file in data.files]
    return sorted(set(accepting.without_accepted(found, paths, RULES)))


__all__ = ["RULES", "Data", "Rule", "check"]
