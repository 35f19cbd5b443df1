"""`show`, `where`, `about`, `schema`: one record, one place, the data, the schema."""

import json

import pytest

from tests.conftest import Run


def test_show_gives_channels_hours_life_and_every_dated_source(run: Run) -> None:
    out = run("show", "derbyshire-mental-health-helpline").out
    for part in ("Life", "Phone (line)", "Sources", "ring: 0800 028 0077", "hours: 24 hours a day"):
        assert part in out
    record = json.loads(run("show", "derbyshire-mental-health-helpline", "--format", "json").out)
    assert record["schema"] == "signpost/service/1"
    for source in record["sources"]:
        assert source["url"] is None or source["url"] in out


@pytest.mark.parametrize("typed", ["SAMARITANS", " samaritans "])
def test_show_takes_an_id_as_people_type_it(run: Run, typed: str) -> None:
    assert run("show", typed).out == run("show", "samaritans").out


def test_an_unknown_id_is_refused_with_ids_that_are_there(run: Run) -> None:
    refused = run("show", "samaritan")
    assert refused.code == 2
    assert "\n  samaritans\n" in refused.err
    assert "999" in refused.err
    assert refused.out == ""
    assert run("show", "samaritans", "--clock", "13").code == 2


def test_where_says_what_is_taken_and_what_else_it_could_be(run: Run) -> None:
    surrey = run("where", "Ripley, Surrey").out
    assert surrey.startswith('"Ripley, Surrey" is taken as Ripley, Surrey (England).')
    newport = run("where", "Newport")
    assert newport.code == 0
    assert "none is taken without asking" in newport.out
    assert "  Newport, Isle of Wight (England)" in newport.out


def test_where_in_json_gives_places_as_now_does(run: Run) -> None:
    asked = json.loads(run("now", "--near", "Buxton", "--format", "json").out)["asked"]["near"]
    where = json.loads(run("where", "Buxton", "--format", "json").out)
    assert where["taken"] == asked
    assert len(where["could_be"]) >= 2


def test_an_unknown_place_is_exit_3(run: Run) -> None:
    refused = run("where", "Xqzzyplonk")
    assert refused.code == 3
    assert "116 123" in refused.err


def test_about_counts_what_the_json_counts(run: Run) -> None:
    record = json.loads(run("about", "--format", "json").out)
    out = run("about").out
    assert f"{record['services']} services" in out
    assert record["attribution"] in out
    assert record["data"][0]["version"] in out


def test_schema_prints_a_schema_and_refuses_other_names(run: Run) -> None:
    assert json.loads(run("schema", "answer").out)["$id"] == "signpost/answer/1"
    assert run("schema", "anser").code == 2
    assert "did you mean answer?" in run("schema", "anser").err
