"""What was typed, how far it is, and when a name is taken without asking."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signpost.core.places import (
    AmbiguousPlace,
    AreaName,
    Coordinates,
    Name,
    Place,
    Point,
    Postcode,
    UnknownPlace,
    choose,
    clean,
    distance_miles,
    in_figures,
    label_among,
    outside,
    place_key,
    read_grid,
    read_place,
    shorten,
)

BUXTON = Point(53.2574, -1.9098)
DERBY = Point(52.9228, -1.4766)

points = st.builds(Point, st.floats(49, 61), st.floats(-9, 2))


def place(
    name: str,
    county: str | None = "Derbyshire",
    district: str | None = "High Peak",
    nation: str = "England",
    residents: int = 20_000,
    **more: object,
) -> Place:
    areas = (f"CTY:{county}", f"NAT:{nation}", "UK")
    made = Place(name, county, district, nation, BUXTON, 0.5, areas, "town", None, "name",
                 outcode="SK17", residents=residents)  # fmt: skip
    return made._replace(**more)  # type: ignore[arg-type]


class TestDistance:
    def test_from_buxton_to_derby(self) -> None:
        # On flat paper: 23.1 miles south (69.09 a degree) and 18.0 east (41.5 a degree here).
        assert distance_miles(BUXTON, DERBY) == pytest.approx(29.3, abs=0.1)

    def test_a_degree_of_latitude_is_69_miles(self) -> None:
        assert distance_miles(Point(52, -1), Point(53, -1)) == pytest.approx(69.09, abs=0.02)

    @given(points, points)
    def test_is_the_same_both_ways_and_never_negative(self, a: Point, b: Point) -> None:
        assert distance_miles(a, b) == pytest.approx(distance_miles(b, a))
        assert distance_miles(a, b) >= 0

    @given(points)
    def test_is_nothing_to_itself(self, a: Point) -> None:
        assert distance_miles(a, a) == 0

    @given(points, points, points)
    def test_is_no_longer_than_a_detour(self, a: Point, b: Point, c: Point) -> None:
        assert distance_miles(a, c) <= distance_miles(a, b) + distance_miles(b, c) + 1e-6

    def test_reaches_the_far_side_of_the_earth(self) -> None:
        assert distance_miles(Point(0, 0), Point(0, 180)) == pytest.approx(12_437, abs=1)


class TestReadPlace:
    @pytest.mark.parametrize(
        ("text", "typed"),
        [
            ("Buxton", Name("Buxton", "")),
            ("  Buxton \n", Name("Buxton", "")),
            ("Ripley,Surrey", Name("Ripley", "Surrey")),
            ("Newcastle, Newry, Mourne and Down", Name("Newcastle", "Newry, Mourne and Down")),
            ("Bury St  Edmunds", Name("Bury St Edmunds", "")),
            ("DE5", Postcode("DE5")),
            ("de5", Postcode("DE5")),
            ("e1w", Postcode("E1W")),
            ("DE5 3", Postcode("DE5", "3")),
            ("SK17 6", Postcode("SK17", "6")),
            ("SK1 7", Postcode("SK1", "7")),
            ("SK 17", Postcode("SK17")),
            ("DE5 3AB", Postcode("DE5", "3", "AB")),
            ("de53ab", Postcode("DE5", "3", "AB")),
            ("D E5 3 A B", Postcode("DE5", "3", "AB")),
            ("m11ae", Postcode("M1", "1", "AE")),
            ("EC1A 1BB", Postcode("EC1A", "1", "BB")),
            ("gir 0aa", Postcode("GIR", "0", "AA")),
            ("area:E07000037", AreaName("E07000037")),
            ("area: Derbyshire", AreaName("Derbyshire")),
            ("area:county:Derbyshire", AreaName("county:Derbyshire")),
            ("County:Derbyshire", AreaName("county:Derbyshire")),
            ("area:", Name("area:", "")),
            ("53.2", Name("53.2", "")),
        ],
    )
    def test_tells_what_was_typed(self, text: str, typed: object) -> None:
        assert read_place(text) == typed

    @pytest.mark.parametrize(
        "text",
        ["53.2574,-1.9098", "53.2574, -1.9098", "53.2574 -1.9098", "53.2574°,\N{MINUS SIGN}1.9098°",
         "+53.2574;-1.9098"],
    )  # fmt: skip
    def test_reads_latitude_and_longitude(self, text: str) -> None:
        typed = read_place(text)
        assert isinstance(typed, Coordinates)
        assert typed.point == BUXTON
        assert (typed.source, typed.text) == ("point", "53.2574,-1.9098")
        assert typed.precision_km < 0.01

    def test_few_decimals_are_a_rough_point(self) -> None:
        typed = read_place("53,-2")
        assert isinstance(typed, Coordinates)
        assert typed.precision_km > 50

    def test_proposes_the_other_order(self) -> None:
        with pytest.raises(UnknownPlace, match=r"Did you mean 53\.2574,-1\.9098") as caught:
            read_place("-1.9098,53.2574")
        assert caught.value.candidates == ("53.2574,-1.9098",)

    def test_refuses_a_point_abroad(self) -> None:
        with pytest.raises(UnknownPlace, match="is not in the UK") as caught:
            read_place("48.85,2.35")
        assert caught.value.candidates == ()
        assert caught.value.exit_code == 3

    @pytest.mark.parametrize(
        ("text", "says"),
        [
            ("", "No place was given"),
            (" \t ", "No place was given"),
            ("x" * 101, "too long"),
            ("Bux\x00ton", "cannot be seen"),
            ("\x1b[31mBuxton", "cannot be seen"),
            ("Bux\u202eton", "cannot be seen"),
            ("Bux\u200bton", "cannot be seen"),
            ("\ud800", "cannot be seen"),
        ],
    )
    def test_refuses_kindly_what_no_place_looks_like(self, text: str, says: str) -> None:
        with pytest.raises(UnknownPlace, match=says):
            read_place(text)

    @given(st.text(max_size=150))
    def test_any_text_is_read_or_refused(self, text: str) -> None:
        try:
            typed: object = read_place(text)
        except UnknownPlace as error:
            typed = error
        assert isinstance(typed, (Name, Postcode, Coordinates, AreaName, UnknownPlace))

    @given(st.from_regex(r"[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][A-Z]{2}", fullmatch=True))
    def test_a_postcode_reads_as_it_is_written(self, text: str) -> None:
        assert str(read_place(text)) == text
        assert read_place(text.lower().replace(" ", "")) == read_place(text)


class TestGridReferences:
    @pytest.mark.parametrize(
        ("text", "lat", "lon"),
        [
            # Caister water tower, worked in the Ordnance Survey's guide on its own ellipsoid
            # (52° 39' 27" N, 1° 43' 04" E), about 100 m from its place in WGS84.
            ("TG 51409 13177", 52.65798, 1.71605),
            ("SK 0590 7340", 53.25740, -1.91230),  # Buxton's market place
            ("TQ 3003 8040", 51.50806, -0.12796),  # Charing Cross
            ("NN 1666 7128", 56.79685, -5.00351),  # the top of Ben Nevis
            ("HU 4767 4146", 60.15520, -1.14280),  # Lerwick
            ("J 33800 74000", 54.59650, -5.93010),  # Belfast City Hall, Irish grid
        ],
    )
    def test_known_spots(self, text: str, lat: float, lon: float) -> None:
        typed = read_place(text)
        assert isinstance(typed, Coordinates)
        assert distance_miles(typed.point, Point(lat, lon)) < 0.12

    def test_is_the_middle_of_its_square(self) -> None:
        coarse = read_grid("SK", "05", "73")
        fine = read_grid("SK", "05500", "73500")
        assert distance_miles(coarse.point, fine.point) < 0.001
        assert coarse.precision_km == pytest.approx(0.71)
        assert fine.precision_km < 0.001

    def test_spaces_do_not_matter(self) -> None:
        assert read_place("sk058735") == read_place("SK 058 735")

    @pytest.mark.parametrize("text", ["ZZ 123 456", "AA 12 34", "A 123 456"])
    def test_letters_of_no_square_here(self, text: str) -> None:
        with pytest.raises(UnknownPlace, match="Check the letters"):
            read_place(text)

    @pytest.mark.parametrize("text", ["SK 058 73", "SK 05873", "SK 1234567890 1"])
    def test_figures_that_do_not_pair(self, text: str) -> None:
        assert isinstance(read_place(text), Name)

    def test_neighbouring_squares_join(self) -> None:
        west, east = read_grid("SK", "99999", "50000"), read_grid("TF", "00000", "50000")
        assert distance_miles(west.point, east.point) == pytest.approx(0.000621, abs=1e-5)


class TestPlaceKey:
    @pytest.mark.parametrize(
        ("text", "key"),
        [
            ("St. Mary’s", "st marys"),
            ("Saint Mary's", "st marys"),
            ("Ynys Môn", "ynys mon"),
            ("A & B", "a and b"),
            ("Chapel-en-le-Frith", "chapel en le frith"),
            ("--", ""),
        ],
    )
    def test_forgets_case_accents_and_punctuation(self, text: str, key: str) -> None:
        assert place_key(text) == key

    @given(st.text(max_size=100))
    def test_has_nothing_left_to_forget(self, text: str) -> None:
        assert place_key(place_key(text)) == place_key(text)


class TestChoose:
    def test_the_only_bearer_is_taken(self) -> None:
        assert choose("Buxton", [place("Buxton")]) == place("Buxton")

    def test_eight_times_as_many_people_is_enough(self) -> None:
        small = place("Buxton", "Norfolk", "Broadland", residents=2_500)
        chosen = choose("Buxton", [small, place("Buxton")])
        assert chosen.county == "Derbyshire"
        assert chosen.also == ("Buxton, Norfolk",)

    def test_one_fewer_is_not(self) -> None:
        small = place("Buxton", "Norfolk", "Broadland", residents=2_501)
        with pytest.raises(AmbiguousPlace) as caught:
            choose("Buxton", [small, place("Buxton")])
        assert caught.value.candidates == ("Buxton, Derbyshire", "Buxton, Norfolk")
        assert caught.value.exit_code == 3
        assert "Type one of these in full" in str(caught.value)

    def test_two_of_nobody_are_a_choice(self) -> None:
        pair = [place("A", residents=0), place("A", "Kent", "Dover", residents=0)]
        with pytest.raises(AmbiguousPlace):
            choose("A", pair)

    def test_a_longer_name_is_never_taken_before_others(self) -> None:
        hull = place("Kingston upon Hull", "East Riding of Yorkshire", "Hull", residents=300_000)
        with pytest.raises(AmbiguousPlace):
            choose("Kingston", [hull, place("Kingston", "Devon", residents=100)])
        assert choose("Kingston, Yorkshire", [hull]) == hull

    def test_a_long_list_is_cut_in_the_text_only(self) -> None:
        many = [place("Newton", f"County {n}", residents=9) for n in range(20)]
        with pytest.raises(AmbiguousPlace, match="and others") as caught:
            choose("Newton", many)
        assert len(caught.value.candidates) == 20

    def test_names_can_be_labelled_by_the_gazetteer(self) -> None:
        with pytest.raises(AmbiguousPlace) as caught:
            choose("A", [place("A"), place("A")], lambda one, of: f"{one.name}{len(of)}")
        assert caught.value.candidates == ("A2", "A2")


class TestLabels:
    @pytest.mark.parametrize(
        ("one", "label"),
        [
            (place("Buxton"), "Buxton, Derbyshire"),
            (place("Newport", None, "Newport", "Wales"), "Newport, Wales"),
            (place("Glasgow", None, "Glasgow City", "Scotland"), "Glasgow, Scotland"),
            (place("Tain", None, "Highland", "Scotland"), "Tain, Highland"),
            (place("Bristol", "Bristol", "Bristol"), "Bristol, England"),
            (place("Douglas", None, None, "Isle of Man"), "Douglas, Isle of Man"),
            (place("England", None, None), "England"),
        ],
    )
    def test_name_and_county(self, one: Place, label: str) -> None:
        assert one.label == label

    def test_the_district_where_the_county_is_not_enough(self) -> None:
        pair = [place("Stoke", district="A"), place("Stoke", district="B", residents=19_000)]
        assert [label_among(one, pair) for one in pair] == ["Stoke, A", "Stoke, B"]

    def test_the_outcode_where_the_district_is_not(self) -> None:
        pair = [place("Stoke"), place("Stoke", outcode="DE5")]
        assert [label_among(one, pair) for one in pair] == ["Stoke, SK17", "Stoke, DE5"]

    def test_without_an_outcode_the_county_must_do(self) -> None:
        pair = [place("Stoke", outcode=None), place("Stoke")]
        assert label_among(pair[0], pair) == "Stoke, Derbyshire"

    def test_the_region_counts_as_an_area_too(self) -> None:
        near = place("Aston", "West Midlands", "Birmingham")
        far = place("Aston", "Staffordshire", "Stafford", areas=("RGN:West Midlands",))
        assert label_among(near, [near, far]) == "Aston, Birmingham"

    def test_areas_of_one_name(self) -> None:
        county = place("Rutland", None, None, source="area", kind="county")
        district = place("Rutland", None, "Rutland", source="area", kind="district")
        assert label_among(county, [county]) == "Rutland, England"
        assert label_among(district, [county, district]) == "district:Rutland"


def test_a_place_is_rough_from_two_kilometres_on() -> None:
    assert not place("A", precision_km=1.9).is_rough
    assert place("A", precision_km=2.0).is_rough
    assert place("A", point=None).is_rough


def test_small_things() -> None:
    assert in_figures(BUXTON) == "53.2574,-1.9098"
    assert clean(" a  b ") == "a b"
    assert shorten("x" * 50) == "x" * 39 + "…"
    assert outside("here").candidates == ()
    assert UnknownPlace("no", ["a"]).candidates == ("a",)
