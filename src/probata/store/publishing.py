"""What may leave a casebook in a release: fields by the list in vocab/publishing.yml, and nothing that is closed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from probata.audit.bundle import Withheld
from probata.audit.shield import Shield
from probata.audit.spellings import SHORT, size
from probata.model.errors import InputError
from probata.store import victims
from probata.vocab import folding, load

Record = Mapping[str, Any]
CLOSED = "[withheld]"
PROTECTED = "protected"
_UNLISTED = "not on the list of what is published"


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of publishing, but for the closed kinds that whoever publishes has opened by name."""

    fields: Mapping[str, Any]
    closed: Mapping[str, Any]
    names: Mapping[str, Any]
    details: int

    @classmethod
    def known(cls, opened: Collection[str] = ()) -> Rules:
        """The rules of vocab/publishing.yml. Raises InputError for a kind that is not closed by them."""
        table = load("publishing")
        for kind in opened:
            if kind not in kinds():
                raise InputError("kind", kind, "is no closed kind.", f"Closed are: {', '.join(kinds())}.")
        closed, names = ({k: v for k, v in table[part].items() if k not in opened} for part in ("closed", "names"))
        fields = {
            kind: {**dict.fromkeys(of["whole"]), **{k: dict.fromkeys(v) for k, v in of.items() if k != "whole"}}
            for kind, of in table["fields"].items()
        }
        return cls(fields, closed, names, int(table["details"]))


def kinds() -> tuple[str, ...]:
    """What is closed unless whoever publishes opens it."""
    table = load("publishing")
    return (*table["closed"], *table["names"])


def closed_kinds(claims: Iterable[Record], rules: Rules) -> list[str]:
    """The closed kinds that claims hold something of."""
    kept = list(claims)
    found = {why for claim in kept for why, _ in _closed(claim, rules)}
    found |= {kind for kind in rules.names if any(closed_words(kept, replace(rules, names={kind: ()})))}
    return sorted(found)


def publish(kind: str, record: Record, rules: Rules, shield: Shield) -> tuple[dict[str, Any], list[Withheld]]:
    """The public form of a record ("incident", "claim", "report"), and what was withheld of it.

    Fields that are not listed are left out; those that are closed and protected words are replaced. Fractions become
    decimals in writing, the same on every machine.
    """
    left: Counter[tuple[str, str]] = Counter()
    fields = rules.fields[kind]
    for name in record.keys() - fields.keys():
        if record[name] not in (None, [], {}, ""):
            left[f"{kind} {name}", _UNLISTED] += 1
    out = {name: _only(record[name], fields[name]) for name in fields if name in record}
    for why, names in _closed(record, rules) if kind == "claim" else ():
        for name in names:
            if out.get(name) not in (None, [], {}):
                out[name] = [] if isinstance(out[name], list) else None
                left[f"claim {name}", why] += 1
    shown = shield.shown(out)
    for name in out:
        if shown[name] != out[name]:
            left[f"{kind} {name}", PROTECTED] += 1
    return shown, [Withheld(what, number, why) for (what, why), number in sorted(left.items())]


def closed_words(claims: Iterable[Record], rules: Rules) -> Iterator[str]:
    """The names of victims, and what describes speakers who are not named, in claims: closed wherever they stand."""
    kept = list(claims)
    if "victims" in rules.names:
        yield from sorted(victims.names(kept).sure)
    for claim in kept:
        speaker = claim["speaker"]
        if "speakers who are not named" in rules.names and speaker:
            for words in {speaker["text"], speaker["name"]}:
                if words and not _is_name(words) and len(words.split()) > rules.details and size(words) >= SHORT:
                    yield words


def total(withheld: Iterable[Withheld]) -> list[Withheld]:
    """What was left out of many records, added up."""
    counted: Counter[tuple[str, str]] = Counter()
    for w in withheld:
        counted[w.what, w.why] += w.number
    return [Withheld(what, number, why) for (what, why), number in sorted(counted.items())]


def closed_fields(claim: Record, rules: Rules) -> frozenset[str]:
    """The fields of a claim that are closed because of what it is about."""
    return frozenset(name for _, names in _closed(claim, rules) for name in names)


def _closed(claim: Record, rules: Rules) -> Iterator[tuple[str, Collection[str]]]:
    said = claim["evidence"]["text"]
    words = list(folding.words(said))
    forms = {form for word in words for form in word.forms}
    run = f" {' '.join(t for word in words for t in word.tokens)}"
    for why, rule in rules.closed.items():
        begins = rule.get("beginnings", ())
        if {*rule.get("groups", ())} & {*claim["groups"]} or any(
            f" {b}" in run or any(form.startswith(b) for form in forms) for b in begins
        ):
            yield why, rule["fields"]


def _is_name(words: str) -> bool:
    """Whether some words have a name: a capital beyond the first word."""
    rest = words.split()[1:]
    return any(word[0].isupper() for word in rest if word)


def _only(value: Any, fields: Mapping[str, Any] | None) -> Any:
    if isinstance(value, Mapping):
        return {k: _only(v, (fields or {}).get(k)) for k, v in value.items() if fields is None or k in fields}
    if isinstance(value, list):
        return [_only(v, fields) for v in value]
    return f"{value:.7f}".rstrip("0").rstrip(".") if isinstance(value, float) else value
