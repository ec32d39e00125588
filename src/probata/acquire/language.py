"""Languages: which one a text is in, by its script and its commonest words. Works offline and at once."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from probata.model.report import Report

READ = frozenset({"en"})  # languages whose claims are read
_PROBE = 4000  # characters looked at from the start, and as many from the middle
_SCRIPTS = {"ARABIC": "ar", "CYRILLIC": "ru", "HEBREW": "he", "GREEK": "el", "CJK": "zh", "HIRAGANA": "ja",
            "KATAKANA": "ja", "HANGUL": "ko", "DEVANAGARI": "hi", "ARMENIAN": "hy", "GEORGIAN": "ka",
            "ETHIOPIC": "am"}  # fmt: skip
_PERSIAN = re.compile("[پچژگیک]")  # letters of Persian that Arabic has not
_KURDISH = re.compile("[ێۆڵڕڤە]")
_UKRAINIAN = re.compile("[іїєґ]")
_COMMON = {
    "en": "the of and to in that was were is for on by with said from at it has have be as an who had are",
    "fr": "le la les des et du dans que qui une pour est par sur au pas ont aux selon été",
    "es": "el los las que y en una por con para del se su al según fueron han es lo",
    "de": "der die und das den von ist mit dem im nicht ein eine auf für wurden nach bei hat sich",
    "it": "il di che la è per un una sono gli nel con del della dei non alla ha secondo",
    "pt": "os de que e do da em um uma para com não por as dos foram no na ao são",
    "nl": "de het een van en in op dat zijn met voor niet bij aan werden door ook uit er zei",
    "tr": "ve bir bu da de için ile olarak olan çok daha sonra göre kadar en ise dedi",
    "ku": "li bi ku û ji di de her ev wan jî hat yek ser xwe hatin dike ya yê",
    "id": "yang dan di dari untuk dengan pada ini itu oleh tidak dalam adalah akan telah",
    "sv": "och att det som en på är av för med den till inte om ett har från vid",
}
_OF: dict[str, list[str]] = {}
for _code, _words in _COMMON.items():
    for _word in _words.split():
        _OF.setdefault(_word, []).append(_code)
_WORD = re.compile(r"[^\W\d_]+")
_NO_LETTERS = bytes(b for b in range(128) if not chr(b).isalpha())


def is_read(report: Report) -> bool:
    """Whether claims are read from reports in the language of this one; an unknown language is tried."""
    return report.language is None or report.language in READ


def language_of(text: str) -> str | None:
    """Two-letter code of the language most of the text is in; None when too little of it tells."""
    middle = max(_PROBE, len(text) // 2)
    probe = text[:_PROBE] + " " + text[middle : middle + _PROBE]
    script = _script(probe)
    if script is None:
        return None
    if script != "LATIN":
        return _within(_SCRIPTS[script], probe)
    score: Counter[str] = Counter()
    for word, n in Counter(map(str.lower, _WORD.findall(probe))).items():
        for code in _OF.get(word, ()):
            score[code] += n
    ranked = score.most_common(2)
    if not ranked or ranked[0][1] < 2:
        return None
    # English is the default of a doubt: a wrongly read text shows its claims, a wrongly refused one hides them
    return "en" if score["en"] * 1.2 >= ranked[0][1] else ranked[0][0]


def _script(text: str) -> str | None:
    """The script that more letters are in than in any other."""
    if 2 * len(text.encode("ascii", "ignore").translate(None, _NO_LETTERS)) > len(text):
        return "LATIN"  # plain letters are more than half of all characters, so nothing can outnumber them
    scripts: Counter[str] = Counter()
    for letter, n in Counter(text).items():
        if letter.isalpha():
            scripts[unicodedata.name(letter, "NONE").split(" ")[0].split("-")[0]] += n
    for script, _ in scripts.most_common(1):
        return script if script == "LATIN" or script in _SCRIPTS else None
    return None


def _within(code: str, text: str) -> str:
    """Languages of one script by the letters only one of them has."""
    if code == "ar" and len(_KURDISH.findall(text)) > len(text) // 40:
        return "ckb"
    if code == "ar" and len(_PERSIAN.findall(text)) > len(text) // 30:
        return "fa"
    if code == "ru" and len(_UKRAINIAN.findall(text)) > len(text) // 60:
        return "uk"
    return code
