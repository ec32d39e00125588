"""Places resolved against the gazetteer, inside the country a report is about."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probata.extract.mentions.places import find_places
from probata.model.claim import Place
from probata.model.errors import ProbataError
from probata.model.span import Span
from probata.resolve.places import Context, read_context, resolve
from probata.vocab.gazetteer import gazetteer
from probata.vocab.gazetteerfile import load_gazetteer
from probata.vocab.placeindex import index
from probata.vocab.placenames import key

SYRIA = "Shells fell on Damascus and Homs in Syria, Syrian activists said; Russian jets had struck Homs before."
SUDAN = "Fighting in Khartoum, Omdurman and Nyala forced Sudanese families out of Sudan."


def context(text: str) -> Context:
    return read_context(text, find_places(text, 0, len(text)))


HOME = context(SYRIA)


def place(words: str, report: str = SYRIA) -> Place:
    return resolve(Span(0, len(words), words), context(report))


@pytest.mark.parametrize("one, other", [
    ("ar-Raqqah", "Raqqa"), ("Al Raqqa", "Raqqa"), ("Hasakah", "al-Hasaka"), ("Deir ez-Zor", "Deir al-Zor"),
    ("Ma’arrat Misrin", "Maarrat Misrin"), ("Şanlıurfa", "Sanliurfa"), ("Khān Shaykhūn", "Khan Shaykhun"),
    ("حِمْص", "حمص"), ("إدلب", "ادلب"), ("القامشلي", "قامشلي"),
])  # fmt: skip
def test_key_same_name(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize("one, other", [
    ("Homs", "Hama"), ("Aden", "Adan"), ("حمص", "حماة"), ("Tall Tamr", "Tall Kalakh"), ("Al", ""), ("Atareb", "Tareb"),
])  # fmt: skip
def test_key_other_name(one: str, other: str) -> None:
    assert key(one) != key(other)


@pytest.mark.parametrize(
    "words, name, precision",
    [
        ("Aleppo", "Aleppo", "city"),
        ("Aleppo province", "Aleppo", "province"),
        ("the countryside of Aleppo", "Aleppo", "province"),
        ("southern Idlib", "Idlib", "province"),
        ("rural Damascus", "Rif Dimashq", "province"),
        ("eastern Ghouta", "Eastern Ghouta", "district"),
        ("northern Syria", "Northern Syria", "region"),
        ("Syrias Idlib province", "Idlib", "province"),
        ("Bustan al-Qasr in Aleppo", "Bustan al-Qasr", "neighbourhood"),
        ("the Qeldun neighbourhood of Aleppo", "Aleppo", "city"),
        ("Qeldun village in Jabal al-Zawiya in Idlib governorate", "Jabal al-Zawiya", "district"),
        ("Qeldun village in Idlib governorate", "Idlib", "province"),
        ("Khan Shaykoun", "Khān Shaykhūn", "city"),  # a spelling no list has
        ("Geneva", "Geneva", "city"),
        ("Raqqa and Homs provinces", "Syria", "country"),
        ("Foua and Kafraya", "Idlib", "province"),
        ("the Syrian capital", "Damascus", "city"),
        ("near Syria's capital", "Damascus", "district"),
        ("Qeldun quarter in the capital of Lebanon", "Beirut", "city"),
        ("Saraqeb, Idlib", "Saraqib", "city"),
    ],
)
def test_resolve_most_specific_known_name(words: str, name: str, precision: str) -> None:
    got = place(words)
    assert (got.name, got.precision) == (name, precision)
    assert got.span.text == words
    assert got.lat is not None
    assert got.lon is not None


@pytest.mark.parametrize(
    "words, precision",
    [
        ("north of Aleppo", "region"),
        ("12 km north of Aleppo", "district"),
        ("near Aleppo", "district"),
        ("outside Aleppo", "district"),
        ("the southern outskirts of Aleppo", "district"),
        ("between Aleppo and Hama", "country"),
        ("near a school in Aleppo", "city"),
    ],
)
def test_resolve_no_finer_than_the_words(words: str, precision: str) -> None:
    assert place(words).precision == precision


@pytest.mark.parametrize(
    "words",
    [
        "the west bank of the river",
        "Qeldun village",
        "the town",
        "the capital",
        "the village of al-Bureij",  # there is one in Gaza, which this report does not name
        "a village near the border with Iraq",
        "Syria and Iraq",
        "Tal Qeldun",
        "Dolb",  # three letters away from nothing, one away from much
        "\u202eAleppo\u202c"[1:2],
    ],
)
def test_resolve_unknown_or_unsure_is_never_guessed(words: str) -> None:
    got = place(words)
    assert (got.name, got.lat, got.lon, got.geonameid, got.precision) == (None, None, None, None, "unresolved")


def test_resolve_aleppo_is_the_geonames_city() -> None:
    got = place("the city of Aleppo")
    assert (got.geonameid, got.lat, got.lon) == (170063, 36.20124, 37.16117)


def test_resolve_uses_the_country_of_the_report() -> None:
    assert place("Tripoli", "Clashes in Beirut and Sidon killed Lebanese soldiers in Lebanon.").lat == pytest.approx(
        34.43, abs=0.1
    )
    assert place("Tripoli", "Libyan militias fought in Misrata and Benghazi in Libya.").lat == pytest.approx(
        32.88, abs=0.1
    )
    assert place("Khan Shaykoun", SUDAN).precision == "unresolved"  # spelt nearly alike only counts at home


def test_resolve_same_quarter_name_in_two_cities() -> None:
    assert place("Midan in Aleppo").lat == pytest.approx(36.22, abs=0.02)
    assert place("the Midan district of Damascus").lat == pytest.approx(33.49, abs=0.02)


def test_context_counts_towns_over_parties() -> None:
    text = "Russian, Turkish and American jets, and Russian and Turkish troops, struck Saraqeb and Binnish near Idlib."
    assert context(text).country == "SY"
    assert context(SUDAN).country == "SD"
    assert context("Nothing is named here.").country is None


@given(st.text(st.sampled_from("north of Aleppo, Idlib and km 12 \n’-\u202e\ud800حلبÉ"), min_size=1, max_size=60))
def test_resolve_any_words_give_a_place_or_none(words: str) -> None:
    got = resolve(Span(0, len(words), words), HOME)
    assert (got.name is None) == (got.precision == "unresolved")


def test_every_coordinate_has_at_most_seven_decimals_and_lies_on_earth() -> None:
    for number in range(0, index().header["rows"], 37):
        e = index().entry(number)
        if e.lat is not None and e.lon is not None:
            assert abs(e.lat) <= 90
            assert abs(e.lon) <= 180
            assert round(e.lat, 7) == e.lat


@pytest.mark.parametrize(
    "name, code",
    [
        ("حلب", "SY"),
        ("Nyala", "SD"),
        ("Bakhmut", "UA"),
        ("Goma", "CD"),
        ("Cali", "CO"),
        ("Kidal", "ML"),
        ("Lashkar Gah", "AF"),
        ("Sittwe", "MM"),
    ],
)
def test_index_has_the_places_of_conflict_countries(name: str, code: str) -> None:
    assert code in {e.country for e in gazetteer().find(name)}


# --- a user's own places


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


OWN = """
places:
  - {name: Velmark, kind: country, demonyms: [Velmarkian]}
  - {name: Ostra, kind: province, lat: 10.5, lon: 20.5}
  - {name: Brannik, kind: town, other names: [Branik], lat: 10.41, lon: 20.52, within: Ostra}
  - {name: Lower Quay, kind: neighbourhood, lat: 10.42, lon: 20.53, within: Brannik}
"""


def test_load_gazetteer_adds_a_country(tmp_path: Path) -> None:
    own = load_gazetteer(write(tmp_path / "own.yml", OWN))
    text = "Velmarkian troops shelled Brannik, said Velmark's ministry. Russian envoys were in Velmark."
    found = find_places(text, 0, len(text), own)
    assert [text[p.start : p.end] for p in found] == ["Brannik", "Velmark", "Velmark"]
    report = read_context(text, found, own)
    assert report.country == "Velmark"
    words = "the Lower Quay quarter of Branik in Ostra province"
    got = resolve(Span(0, len(words), words), report)
    assert (got.name, got.lat, got.lon, got.precision, got.geonameid) == (
        "Lower Quay",
        10.42,
        20.53,
        "neighbourhood",
        None,
    )


def test_load_gazetteer_reads_csv(tmp_path: Path) -> None:
    rows = "name,other names,kind,lat,lon,country,within\nQeldun,Kaldun;Qaldoun,village,35.9,36.6,SY,Idlib\n"
    own = load_gazetteer(write(tmp_path / "own.csv", rows))
    text = SYRIA + " A house burned in Kaldun."
    got = resolve(Span(0, 6, "Kaldun"), read_context(text, find_places(text, 0, len(text), own), own))
    assert (got.name, got.lat, got.precision) == ("Qeldun", 35.9, "city")


@pytest.mark.parametrize(
    "text, problem",
    [
        ("places: [", "not valid YAML"),
        ("just words", "no list of places"),
        ("places: []", "no list of places"),
        ("- 7", "not a table"),
        ("- {kind: town, country: SY}", "has no name"),
        ("- {name: A1, kind: star, country: SY}", 'kind "star"'),
        ("- {name: A1, kind: town}", "no country"),
        ("- {name: A1, kind: town, country: Nowhereland}", "not known"),
        ("- {name: A1, kind: town, country: SY, lat: 95, lon: 3}", "lat"),
        ("- {name: A1, kind: town, country: SY, lat: 35}", "only one of lat and lon"),
        ("- {name: A1, kind: town, country: SY, lat: .nan, lon: 1}", "lat"),
        ("- {name: A1, kind: town, country: SY, within: Zzyzxqq}", "within"),
        ("- {name: A1, kind: town, country: SY, colour: red}", "colour"),
        ("- {name: A1, kind: town, country: SY, other_names: B}", "list of names"),
    ],
)
def test_load_gazetteer_says_what_is_wrong(tmp_path: Path, text: str, problem: str) -> None:
    file = write(tmp_path / "bad.yml", text)
    with pytest.raises(ProbataError, match=r"bad\.yml") as caught:
        load_gazetteer(file)
    assert caught.value.code == "gazetteer"
    assert problem in caught.value.problem


def test_load_gazetteer_bad_files(tmp_path: Path) -> None:
    (tmp_path / "bytes.yml").write_bytes(b"\xff\xfe\x00")
    short = write(tmp_path / "short.csv", "name,kind,country\nA1,town\n")
    for file in (tmp_path / "missing.yml", tmp_path / "bytes.yml", short, tmp_path):
        with pytest.raises(ProbataError):
            load_gazetteer(file)


def test_index_was_compiled_from_the_tables_beside_it() -> None:
    import hashlib
    from importlib.resources import files

    folder = files("probata.vocab")
    tables = [folder.joinpath(f"{t}.yml").read_bytes() for t in ("places", "places_regions", "places_words")]
    assert index().header["tables"] == hashlib.sha256(b"\0".join(tables)).hexdigest(), "run tools/gazetteer.py"
