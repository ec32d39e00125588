"""Names inside the words of a source: persons without their titles, bodies without what describes them."""

from __future__ import annotations

import re

from probata.extract.attribution.vocabulary import Speakers

_NAME = r"(?:[A-Z][\w’'*-]*\.?|(?:al|el|an|ar|as)-[A-Z]\w*)"
_JOINT = r"(?:(?:of|for)[ ](?:the[ ])?|and[ ]|bin[ ]|ibn[ ]|al[ ]|el[ ]|de[ ]|van[ ]|von[ ])"
CAPITALS = re.compile(rf"(?:[A-Z][\w’'*-]*|[A-Z]\.)(?:[ ]{_JOINT}?{_NAME})*")
_ARTICLE = re.compile(r"^(?:the|a|an|one|some|its|his|her|their|this)\s+", re.IGNORECASE)
_BASED = re.compile(r"^(?:opposing\s+)?[A-Z][\w.]*-based\s+")
_PREPOSITIONS = frozenset({"of", "for", "in", "at", "from", "with", "to", "on", "near", "and", "the", "a", "an"})
_PARTICLES = frozenset({"al", "el", "bin", "ibn", "de", "van", "von", "abu"})
_ADJECTIVE = re.compile(r"(?:ian|ish|ese|can|qi|eli|ab|ni)$")
_SMALL = frozenset({"of", "for", "and", "the", "in", "on"})


def bare(words: str) -> str:
    """The words of a source without article and without "Coast-based"."""
    out = _ARTICLE.sub("", words, count=1)
    return _BASED.sub("", out, count=1).strip() or words


def is_capital(token: str) -> bool:
    """Whether a token can be part of a person's name."""
    return token[:1].isupper() or token.lower() in _PARTICLES or token[:3] in ("al-", "el-")


def initials(name: str) -> str:
    """The capital letters that an acronym of the name would have."""
    return "".join(w[0] for w in re.split(r"[ -]", name) if w and w.lower() not in _SMALL).upper()


def person_in(words: str, vocab: Speakers) -> str | None:
    """The person's name in a phrase with a title ("Harbour governor Ana Silva", "Ana Silva, head of ..."), or None."""
    tokens = words.replace(",", " , ").split()
    roles = [n for n, t in enumerate(tokens) if t.lower() in vocab.roles]
    if roles:
        run = _final_run(tokens)
        if run is not None and (run > roles[0] or roles[-1] >= run):
            name = _after_title(tokens, run, vocab)
            if name:
                return name
    return _before_title(tokens, vocab)


def _final_run(tokens: list[str]) -> int | None:
    """Where the capitalised words at the end of the phrase begin."""
    n = len(tokens)
    while n > 0 and is_capital(tokens[n - 1]):
        n -= 1
    return n if n < len(tokens) else None


def _after_title(tokens: list[str], run: int, vocab: Speakers) -> str | None:
    while run < len(tokens) and (tokens[run].lower() in vocab.roles or tokens[run].lower() in vocab.role_words):
        run += 1
    titles = [n for n in range(run, len(tokens)) if tokens[n].lower() in vocab.roles]
    if titles:
        run = titles[-1] + 1
    name = tokens[run:]
    if not name or any(t.lower() in vocab.bodies or t.lower() in vocab.media for t in name) or len(name) > 5:
        return None
    before = tokens[run - 1].lower()
    if before in _PREPOSITIONS:
        return " ".join(name[-2:]) if len(name) >= 3 and before == "in" else None
    return " ".join(name)


def _before_title(tokens: list[str], vocab: Speakers) -> str | None:
    lead: list[str] = []
    for n, t in enumerate(tokens):
        low = t.lower()
        if t == "," or low in vocab.roles or low in ("a", "an", "the") or _titles(tokens, n, vocab):
            break
        if not is_capital(t):
            if low in ("of", "from") and len(lead) >= 2:
                break
            return None
        lead.append(t)
    if 2 <= len(lead) <= 5 and len(lead) < len(tokens):
        other = vocab.bodies | vocab.role_words | vocab.media
        if not any(t.lower() in other for t in lead):
            return " ".join(lead) if not _ADJECTIVE.search(lead[0]) else None
    return None


def _titles(tokens: list[str], n: int, vocab: Speakers) -> bool:
    """Whether a title begins at token n: "regional humanitarian coordinator"."""
    while n < len(tokens) and tokens[n].lower() in vocab.role_words:
        n += 1
    return n < len(tokens) and tokens[n].lower() in vocab.roles


def body_in(words: str, vocab: Speakers) -> str | None:
    """The one name among generic words: "Coast FM" of "state news agency Coast FM"; else None."""
    first = words.split(" ", 1)[0]
    if first.lower() in vocab.generic:
        words = first.lower() + words[len(first) :]
    runs = list(CAPITALS.finditer(words))
    if len(runs) != 1:
        return None
    run = runs[0]
    rest = (words[: run.start()] + " " + words[run.end() :]).lower().split()
    if rest and all(w in vocab.generic for w in rest) and not _ADJECTIVE.search(run.group()):
        return run.group()
    return None


def is_person(words: str, vocab: Speakers) -> bool:
    """Whether a source is a person rather than a body: by its title or role, else by its capitals."""
    tokens = [t.strip(",.").lower() for t in words.split()]
    if person_in(words, vocab) is not None:
        return True
    for t in tokens:
        if t in _PREPOSITIONS and t not in ("the", "a", "an"):
            break
        if t in vocab.bodies or t in vocab.media:
            return tokens[-1] in vocab.people
        if t in vocab.people or t in vocab.roles:
            return not t.endswith("s")
    if any(t in vocab.bodies for t in tokens):
        return False
    raw = words.split()
    return (
        1 <= len(raw) <= 4
        and all(is_capital(t) for t in raw)
        and not raw[0].isupper()
        and not _ADJECTIVE.search(raw[0])
    )
