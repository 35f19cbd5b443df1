"""Facts of the map, asked of the shipped tables."""

import gzip
import random
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from signpost.core.places import AmbiguousPlace, Place, Point, UnknownPlace, distance_miles
from signpost.dataset.gazetteer import FILES, FORMAT, Gazetteer
from signpost.dataset.place_tables import digest, holiday_rows, write_gazetteer
from signpost.errors import InvalidValue

DATA = Path(__file__).parents[2] / "data"
PLACES = DATA / "places"


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("places") / "places.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        write_gazetteer(connection, PLACES)
        connection.commit()
    return path


@pytest.fixture(scope="module")
def gazetteer(compiled: Path) -> Iterator[Gazetteer]:
    with closing(sqlite3.connect(compiled)) as connection:
        yield Gazetteer(connection)


def rows(connection: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(connection)) as database:
        return database.execute(query).fetchall()


class TestNames:
    @pytest.mark.parametrize(
        ("typed", "label", "district"),
        [
            ("Buxton", "Buxton, Derbyshire", "High Peak"),
            ("buxton", "Buxton, Derbyshire", "High Peak"),
            ("Buxton, Norfolk", "Buxton, Norfolk", "Broadland"),
            ("Buxton, Derbyshire, England", "Buxton, Derbyshire", "High Peak"),
            ("Buxton, Derbys", "Buxton, Derbyshire", "High Peak"),
            ("Buxton, High Peak", "Buxton, Derbyshire", "High Peak"),
            ("Buxton, SK17", "Buxton, Derbyshire", "High Peak"),
            ("Ripley", "Ripley, Derbyshire", "Amber Valley"),
            ("Ripley, Surrey", "Ripley, Surrey", "Guildford"),
            ("Ripley Surrey", "Ripley, Surrey", "Guildford"),
            ("Manchester", "Manchester, Greater Manchester", "Manchester"),
            ("Derby", "Derby, Derbyshire", "Derby"),
            ("Blackpool", "Blackpool, Lancashire", "Blackpool"),
            ("Swadlincote", "Swadlincote, Derbyshire", "South Derbyshire"),
            ("Chapel-en-le-Frith", "Chapel en le Frith, Derbyshire", "High Peak"),
            ("Glasgow", "Glasgow, Scotland", "Glasgow City"),
            ("Hull", "Kingston upon Hull, East Riding of Yorkshire", "Kingston upon Hull"),
            ("Newcastle upon Tyne", "Newcastle upon Tyne, Tyne and Wear", "Newcastle upon Tyne"),
            ("Newcastle, Staffs", "Newcastle under Lyme, Staffordshire", "Newcastle-under-Lyme"),
            ("Newcastle, County Down", "Newcastle, Newry, Mourne and Down",
             "Newry, Mourne and Down"),
            ("St Helens", "St Helens, Merseyside", "St. Helens"),
            ("saint helens", "St Helens, Merseyside", "St. Helens"),
            ("Bury", "Bury, Greater Manchester", "Bury"),
            ("Preston", "Preston, Lancashire", "Preston"),
            ("Washington", "Washington, Tyne and Wear", "Sunderland"),
            ("Lancaster", "Lancaster, Lancashire", "Lancaster"),
            ("Durham", "Durham, County Durham", "County Durham"),
            ("Bristol", "Bristol, England", "Bristol"),
            ("Abertawe", "Swansea, Wales", "Swansea"),
            ("Newport, Gwent", "Newport, Wales", "Newport"),
            ("Derry", "Derry, Northern Ireland", "Derry City and Strabane"),
            ("Londonderry", "Derry, Northern Ireland", "Derry City and Strabane"),
            ("Douglas", "Douglas, Isle of Man", None),
            ("Lytham", "Lytham St Annes, Lancashire", "Fylde"),
            ("Ash,Canterbury", "Ash,Canterbury, Kent", "Dover"),
        ],
    )  # fmt: skip
    def test_a_name_is_this_place(
        self, gazetteer: Gazetteer, typed: str, label: str, district: str | None
    ) -> None:
        place = gazetteer.place(typed)
        assert (place.label, place.district) == (label, district)
        assert place.source == "name"

    @pytest.mark.parametrize(
        ("typed", "label", "kind"),
        [
            ("Fylde", "Fylde, Lancashire", "district"),
            ("Wyre", "Wyre, Lancashire", "district"),
            ("Wirral", "Wirral, Merseyside", "district"),
            ("High Peak", "High Peak, Derbyshire", "district"),
            ("Camden", "Camden, Greater London", "district"),
            ("Westminster", "Westminster, Greater London", "district"),
            ("Bromley", "Bromley, Greater London", "district"),
            ("Knowsley", "Knowsley, Merseyside", "district"),
            ("Highland", "Highland, Scotland", "district"),
            ("Wales", "Wales", "nation"),
            ("Derbyshire", "Derbyshire, England", "county"),
            ("Cornwall", "Cornwall, England", "county"),
            ("London", "London, England", "region"),
            ("Greater London", "Greater London, England", "county"),
            ("Orkney", "Orkney Islands, Scotland", "district"),
            ("Western Isles", "Na h-Eileanan Siar, Scotland", "district"),
            ("Isle of Man", "Isle of Man", "nation"),
            ("Jersey", "Jersey", "nation"),
            ("Guernsey", "Guernsey", "nation"),
            ("England", "England", "nation"),
            ("UK", "United Kingdom", "uk"),
            ("area:Derbyshire", "Derbyshire, England", "county"),
            ("area:E07000037", "High Peak, Derbyshire", "district"),
            ("health:NHS Derby and Derbyshire ICB", "NHS Derby and Derbyshire ICB, England",
             "health"),
        ],
    )  # fmt: skip
    def test_a_name_is_this_area(
        self, gazetteer: Gazetteer, typed: str, label: str, kind: str
    ) -> None:
        place = gazetteer.place(typed)
        assert (place.label, place.kind, place.source) == (label, kind, "area")
        assert place.is_rough

    @pytest.mark.parametrize(
        ("typed", "among"),
        [
            ("Newport", ["Newport, Wales", "Newport, Isle of Wight", "Newport, Shropshire"]),
            ("Ashford", ["Ashford, Kent", "Ashford, Surrey"]),
            ("Newcastle", ["Newcastle upon Tyne, Tyne and Wear",
                           "Newcastle under Lyme, Staffordshire",
                           "Newcastle, Newry, Mourne and Down"]),
            ("Kingston", ["Kingston upon Hull, East Riding of Yorkshire",
                          "Kingston upon Thames, Greater London"]),
            ("Richmond", ["Richmond, Greater London", "Richmond, North Yorkshire"]),
            ("Bangor", ["Bangor, Ards and North Down", "Bangor, Gwynedd"]),
            ("Wells", ["Wells, Somerset", "Wells-next-the-Sea, Norfolk"]),
            ("Gwent", ["district:Blaenau Gwent", "district:Monmouthshire"]),
        ],
    )  # fmt: skip
    def test_a_name_of_many_is_a_choice(
        self, gazetteer: Gazetteer, typed: str, among: list[str]
    ) -> None:
        with pytest.raises(AmbiguousPlace) as caught:
            gazetteer.place(typed)
        assert set(among) <= set(caught.value.candidates)
        for candidate in caught.value.candidates:
            gazetteer.place(candidate)

    def test_the_namesakes_are_named(self, gazetteer: Gazetteer) -> None:
        ripley = gazetteer.place("Ripley")
        assert set(ripley.also) == {
            "Ripley, Surrey", "Ripley, Hampshire", "Ripley, North Yorkshire"
        }  # fmt: skip
        assert gazetteer.place("Swadlincote").also == ()

    @pytest.mark.parametrize(
        ("typed", "meant"),
        [
            ("Buxtn", "Buxton, Derbyshire"),
            ("Swadlingcote", "Swadlincote, Derbyshire"),
            ("Machester", "Manchester, Greater Manchester"),
            ("Chesterfeild", "Chesterfield, Derbyshire"),
            ("Ripleyy, Surrey", "Ripley, Surrey"),
            ("newp", "Newport, Wales"),
            ("area:Derbyshir", "county:Derbyshire"),
            ("county:Derbyshir", "county:Derbyshire"),
        ],
    )
    def test_a_misspelt_name_is_proposed_not_taken(
        self, gazetteer: Gazetteer, typed: str, meant: str
    ) -> None:
        with pytest.raises(UnknownPlace, match="Did you mean") as caught:
            gazetteer.place(typed)
        assert meant in caught.value.candidates
        assert len(caught.value.candidates) <= 5
        for candidate in caught.value.candidates:
            gazetteer.place(candidate)

    def test_a_name_in_the_wrong_county(self, gazetteer: Gazetteer) -> None:
        with pytest.raises(UnknownPlace, match="no Ripley in “Kent”") as caught:
            gazetteer.place("Ripley, Kent")
        assert "Ripley, Surrey" in caught.value.candidates

    @pytest.mark.parametrize("typed", ["zzzzqq", "💥", ",", "[/]", "'; DROP TABLE place;--", "%"])
    def test_nothing_like_it(self, gazetteer: Gazetteer, typed: str) -> None:
        with pytest.raises(UnknownPlace, match="known") as caught:
            gazetteer.place(typed)
        assert caught.value.candidates == ()

    def test_candidates_are_every_bearer_largest_first(self, gazetteer: Gazetteer) -> None:
        newport = gazetteer.candidates("Newport")
        assert [place.label for place in newport[:2]] == [
            "Newport, Wales",
            "Newport, Isle of Wight",
        ]
        assert len(newport) > 5
        assert [place.name for place in gazetteer.candidates("SK17")] == ["SK17"]

    def test_completion_begins_with_the_largest(self, gazetteer: Gazetteer) -> None:
        assert gazetteer.complete("bux")[0] == "Buxton, Derbyshire"
        assert len(gazetteer.complete("b", 5)) == 5
        assert gazetteer.complete("") == gazetteer.complete("zzzz") == []


class TestAreas:
    def test_of_a_town(self, gazetteer: Gazetteer) -> None:
        place = gazetteer.place("Buxton")
        assert place.areas == (
            "E07000037", "CTY:Derbyshire", "E54000058", "RGN:East Midlands", "NAT:England", "UK"
        )  # fmt: skip
        assert place.partly == ()

    def test_of_a_place_known_only_by_its_outcode(self, gazetteer: Gazetteer) -> None:
        place = gazetteer.place("Abbots Leigh")  # in Somerset, a mile from Bristol
        assert place.is_rough
        assert {"CTY:Bristol", "CTY:Somerset"} <= set(place.partly)

    def test_of_a_county(self, gazetteer: Gazetteer) -> None:
        place = gazetteer.place("Derbyshire")
        assert place.areas[0] == "CTY:Derbyshire"
        assert {"E07000037", "E06000015"} <= set(place.partly)
        assert "E54000058" in place.areas
        assert "E54000058" not in place.partly

    def test_a_county_with_one_council_is_that_council(self, gazetteer: Gazetteer) -> None:
        place = gazetteer.place("Cornwall")
        assert "E06000052" in place.areas
        assert place.partly == ("E06000053",)  # the Isles of Scilly

    def test_london_is_all_its_boroughs(self, gazetteer: Gazetteer) -> None:
        place = gazetteer.place("London")
        boroughs = [code for code in place.partly if code.startswith("E09")]
        assert len(boroughs) == 33
        assert "CTY:Greater London" in set(place.areas) - set(place.partly)

    def test_a_belfast_place_may_be_in_either_trust(self, gazetteer: Gazetteer) -> None:
        place = gazetteer.place("Belfast")
        assert place.partly == ("HSC:Belfast", "HSC:South Eastern")
        assert gazetteer.place("Omagh").partly == ()

    def test_the_islands_are_not_the_uk(self, gazetteer: Gazetteer) -> None:
        assert gazetteer.place("Douglas").areas == ("NAT:Isle of Man",)
        assert "UK" in gazetteer.place("Belfast").areas

    def test_of_a_border_sector(self, gazetteer: Gazetteer) -> None:
        place = gazetteer.place("LD7 1")  # Knighton, its station in England
        assert place.areas[:2] == ("W06000023", "E06000051")
        assert {"NAT:Wales", "NAT:England"} <= set(place.partly)
        assert "UK" not in place.partly
        assert place.nation == "Wales"

    def test_every_area_has_a_place_of_its_own(self, gazetteer: Gazetteer) -> None:
        areas = gazetteer.areas()
        assert len(areas) == 493
        for area in areas:
            place = gazetteer.place(f"area:{area.code}")
            assert place.areas[0] == area.code
            assert gazetteer.area_code("uk" if area.kind == "uk" else f"{area.kind}:{area.name}")

    @pytest.mark.parametrize(
        ("reference", "code"),
        [
            ("county:Derbyshire", "CTY:Derbyshire"),
            ("county: Greater Manchester", "CTY:Greater Manchester"),
            ("district:High Peak", "E07000037"),
            ("district:E07000037", "E07000037"),
            ("district:Hull", "E06000010"),
            ("health:NHS Derby and Derbyshire ICB", "E54000058"),
            ("health:Derby and Derbyshire", "E54000058"),
            ("health:Swansea Bay", "W11000031"),
            ("health:Belfast Health and Social Care Trust", "HSC:Belfast"),
            ("region:North West", "RGN:North West"),
            ("region:London", "RGN:London"),
            ("nation:England", "NAT:England"),
            ("uk", "UK"),
        ],
    )
    def test_a_reference_in_a_record(self, gazetteer: Gazetteer, reference: str, code: str) -> None:
        assert gazetteer.area_code(reference) == code

    @pytest.mark.parametrize(
        ("reference", "says"),
        [
            ("county:Derbyshir", "did you mean county:Derbyshire"),
            ("district:Derbyshire", "did you mean .*district:Derbyshire Dales"),
            ("district:Buxton", "did you mean district:High Peak"),
            ("county:E07000037", "there is no county"),
            ("nation:Narnia", "check the spelling"),
            ("Derbyshire", "write district:"),
            ("town:Buxton", "name the district that holds it"),
            ("", "write district:"),
        ],
    )
    def test_a_wrong_reference_says_what_to_write(
        self, gazetteer: Gazetteer, reference: str, says: str
    ) -> None:
        with pytest.raises(InvalidValue, match=says):
            gazetteer.area_code(reference)

    def test_an_area_by_code_reference_or_name(self, gazetteer: Gazetteer) -> None:
        for text in ("CTY:Derbyshire", "county:Derbyshire", "Derbyshire"):
            area = gazetteer.area(text)
            assert area is not None
            assert area.code == "CTY:Derbyshire"
        assert gazetteer.area("Narnia") is None

    def test_a_town_in_a_record(self, gazetteer: Gazetteer) -> None:
        assert gazetteer.town("town:Buxton, Derbyshire").district == "High Peak"
        with pytest.raises(InvalidValue, match="could be any of"):
            gazetteer.town("town:Newport")
        with pytest.raises(InvalidValue, match="Did you mean"):
            gazetteer.town("town:Buxtn")


class TestPostcodes:
    @pytest.mark.parametrize(
        ("typed", "name", "source", "district"),
        [
            ("SK17 6AF", "SK17 6", "sector", "High Peak"),
            ("DE5 3", "DE5 3", "sector", "Amber Valley"),
            ("DE53", "DE5 3", "sector", "Amber Valley"),
            ("DE5", "DE5", "outcode", "Amber Valley"),
            ("DE5 0XX", "DE5", "outcode", "Amber Valley"),
            ("DE1 9ZZ", "DE1 9", "sector", "Derby"),
            ("BT1 5GS", "BT1", "outcode", "Belfast"),
            ("JE2 3AB", "JE2", "outcode", None),
            ("EC1", "EC1", "outcode", "Islington"),
        ],
    )
    def test_without_the_pack(
        self, gazetteer: Gazetteer, typed: str, name: str, source: str, district: str | None
    ) -> None:
        place = gazetteer.place(typed)
        assert (place.name, place.source, place.district) == (name, source, district)

    @pytest.mark.parametrize(
        ("typed", "says"),
        [
            ("ZZ9 9ZZ", "No postcode begins with ZZ9"),
            ("GIR 0AA", "bulk mail or no longer in use"),
            ("FY0", "bulk mail or no longer in use"),
        ],
    )
    def test_no_such_postcode(self, gazetteer: Gazetteer, typed: str, says: str) -> None:
        with pytest.raises(UnknownPlace, match=says):
            gazetteer.place(typed)

    def test_from_the_pack(self, compiled: Path, tmp_path: Path) -> None:
        table = (
            "#postcode\tlat_e4\tlon_e4\tarea\n#area\t0\tE06000015\tE54000058\n"
            "#area\t1\tE07000039\t\nDE11AA\t529200\t-14700\t0\nDE117EX\t527786\t-15239\t1\n"
        )
        (tmp_path / "DE.tsv.gz").write_bytes(gzip.compress(table.encode()))
        (tmp_path / "SK.tsv.gz").write_bytes(b"not a gzip file")
        with closing(sqlite3.connect(compiled)) as connection:
            packed = Gazetteer(connection, (tmp_path / "none", tmp_path))
            place = packed.place("de11 7ex")
            assert (place.name, place.source, place.district) == (
                "DE11 7EX", "postcode", "South Derbyshire"
            )  # fmt: skip
            assert place.point == Point(52.7786, -1.5239)
            assert not place.is_rough
            assert packed.place("DE1 1AA").district == "Derby"
            assert packed.place("DE1 1AB").source == "sector"  # not in it: new, or mistyped
            assert packed.place("SK17 6AF").source == "sector"  # the file is damaged


class TestPoints:
    @pytest.mark.parametrize(
        ("typed", "name", "district"),
        [
            ("SK 058 735", "SK 058 735, near Buxton", "High Peak"),
            ("53.2574,-1.9098", "53.2574,-1.9098, near Buxton", "High Peak"),
            ("J 338 740", "J 338 740, near Belfast", "Belfast"),
            ("49.19,-2.11", "49.1900,-2.1100, near Saint Helier", None),
        ],
    )
    def test_say_what_they_are_near(
        self, gazetteer: Gazetteer, typed: str, name: str, district: str | None
    ) -> None:
        place = gazetteer.place(typed)
        assert (place.name, place.district) == (name, district)

    @pytest.mark.parametrize("typed", ["53.35,-6.26", "50.95,1.86", "54.5,-0.0", "57.0,1.5"])
    def test_abroad_or_at_sea(self, gazetteer: Gazetteer, typed: str) -> None:
        with pytest.raises(UnknownPlace, match="is not in the UK"):
            gazetteer.place(typed)

    def test_far_from_any_town_has_no_neighbour_to_name(self, gazetteer: Gazetteer) -> None:
        place = gazetteer.near(Point(57.25, -5.0))
        assert place.name == "57.2500,-5.0000"
        assert place.district == "Highland"

    def test_sectors_and_outcodes_lie_in_their_districts(
        self, compiled: Path, gazetteer: Gazetteer
    ) -> None:
        known = rows(compiled, "SELECT code, lat, lon, districts FROM postal WHERE districts <> ''")
        for code, lat, lon, districts in random.Random(400).sample(known, 400):
            place = gazetteer.near(Point(lat, lon))  # type: ignore[arg-type]
            assert set(str(districts).split("|")) & set(place.areas), code

    def test_sectors_are_where_their_outcodes_are(self, compiled: Path) -> None:
        known = {
            code: (Point(lat, lon), radius)  # type: ignore[arg-type]
            for code, lat, lon, radius in rows(
                compiled, "SELECT code, lat, lon, radius_km FROM postal"
            )
        }
        sectors = [code for code in known if " " in str(code)]
        far = [
            code
            for code in sectors
            if distance_miles(known[code][0], known[str(code).split(" ")[0]][0]) * 1.609344
            > known[str(code).split(" ")[0]][1] + known[code][1] + 2  # type: ignore[operator]
        ]
        assert len(far) / len(sectors) < 0.01


class TestAnyText:
    @settings(deadline=2000, max_examples=150)
    @given(st.text(max_size=110))
    @example("a" * 100)
    @example("ﷺ" * 100)
    @example("(" * 100)
    @example("%_%" * 30)
    @example(" ,".join("abcdefghij" * 5))
    @example("a " * 50)
    def test_is_a_place_or_one_of_two_errors(self, gazetteer: Gazetteer, text: str) -> None:
        try:
            found: object = gazetteer.place(text)
        except (UnknownPlace, AmbiguousPlace) as error:
            found = error
        assert isinstance(found, Place) or str(found)

    @pytest.mark.parametrize("typed", ["Buxtn", "a" * 100, "a " * 50, "ﷺ" * 100, "a," * 50])
    def test_takes_bounded_time(self, gazetteer: Gazetteer, typed: str) -> None:
        with pytest.raises(UnknownPlace):
            gazetteer.place(typed)
        started = time.perf_counter()
        with pytest.raises(UnknownPlace):
            gazetteer.place(typed)
        assert time.perf_counter() - started < 1  # an eighth of it on a quiet machine


def round_trip(gazetteer: Gazetteer, key: str) -> None:
    """Whatever bears a name is found again by its label."""
    for place in gazetteer.candidates(key):
        label = gazetteer.label(place, gazetteer.candidates(key))
        assert gazetteer.place(label)._replace(also=()) == place, (key, label)


class TestLabels:
    def test_a_thousand_names_come_back(self, compiled: Path, gazetteer: Gazetteer) -> None:
        keys = [str(key) for (key,) in rows(compiled, "SELECT DISTINCT key FROM name")]
        for key in random.Random(1000).sample(keys, 1000):
            round_trip(gazetteer, key)

    @pytest.mark.long
    def test_all_names_come_back(self, compiled: Path, gazetteer: Gazetteer) -> None:
        for (key,) in rows(compiled, "SELECT DISTINCT key FROM name"):
            round_trip(gazetteer, str(key))


class TestCompiling:
    def test_is_the_same_every_time(self) -> None:
        dumps = []
        for _ in range(2):
            with closing(sqlite3.connect(":memory:")) as connection:
                write_gazetteer(connection, PLACES)
                connection.commit()
                dumps.append(connection.serialize())
        assert dumps[0] == dumps[1]

    def test_says_what_it_was_made_of(self, compiled: Path) -> None:
        meta = dict(rows(compiled, "SELECT key, value FROM meta"))
        assert meta == {"format": FORMAT, "digest": digest(PLACES)}
        assert all((PLACES / name).is_file() for name in FILES)

    def test_opens_the_file_at_the_first_question(self, compiled: Path, tmp_path: Path) -> None:
        Gazetteer(tmp_path / "not there")
        lazy = Gazetteer(compiled)
        assert lazy.place("Buxton").county == "Derbyshire"
        lazy.close()
        assert lazy.place("Ripley").county == "Derbyshire"
        lazy.close()

    def test_a_file_that_contradicts_itself_is_a_damaged_file(self, compiled: Path) -> None:
        with (
            closing(sqlite3.connect(compiled)) as whole,
            closing(sqlite3.connect(":memory:")) as broken,
        ):
            whole.backup(broken)
            broken.execute("DELETE FROM area WHERE code = 'E07000037'")
            with pytest.raises(sqlite3.DatabaseError, match="E07000037"):
                Gazetteer(broken).place("Buxton")

    def test_names_areas_that_there_are(self, compiled: Path) -> None:
        codes = {code for (code,) in rows(compiled, "SELECT code FROM area")}
        for table in ("place", "postal"):
            for districts, healths in rows(compiled, f"SELECT districts, healths FROM {table}"):
                named = {code for code in f"{districts}|{healths}".split("|") if code}
                assert named <= codes


class TestHolidays:
    def test_are_read(self) -> None:
        table = holiday_rows(DATA / "calendars")
        assert (date(2026, 12, 25), "england-and-wales", "Christmas Day") in table
        assert {division for _, division, _ in table} == {
            "england-and-wales", "scotland", "northern-ireland"
        }  # fmt: skip
        assert {day.year for day, _, _ in table} == set(range(2015, 2029))
        assert table == sorted(table, key=lambda row: row[:2])
