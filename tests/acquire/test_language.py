"""Languages told by script and common words."""

from __future__ import annotations

import pytest

from probata.acquire.language import language_of


@pytest.mark.parametrize(
    "text, language",
    [
        ("The mayor said that six people were killed in the town on Monday.", "en"),
        ("Six die in Tarqa", None),
        ("قال رئيس البلدية إن ستة أشخاص قتلوا في المدينة يوم الاثنين", "ar"),
        ("شهردار گفت که شش نفر در این شهر کشته شدند و چند نفر زخمی", "fa"),
        ("Мэр сказал, что шесть человек погибли в городе", "ru"),
        ("Мер сказав, що шість людей загинули у місті, їх було більше", "uk"),
        ("Le maire a dit que six personnes sont mortes dans la ville et des maisons", "fr"),
        ("El alcalde dijo que seis personas murieron en la ciudad y los heridos son más", "es"),
        ("Der Bürgermeister sagte, dass sechs Menschen in der Stadt getötet wurden und die anderen", "de"),
        ("Belediye başkanı, kentte altı kişinin öldüğünü ve bir evin yıkıldığını söyledi, bu daha çok", "tr"),
        ("市長は六人が死亡したと述べた", "zh"),
        ("The mayor of طرقة said that six people were killed in the town.", "en"),
        ("", None),
        ("1234 5678", None),
    ],
)
def test_language_is_told(text: str, language: str | None) -> None:
    assert language_of(text) == language
