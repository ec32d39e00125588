"""One incident for people: what its sources agree and differ on, and how it came to be shown so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from probata.export import judgedtext
from probata.export.incidenttable import days, figures
from probata.export.plain import isolated, one_line, wrapped
from probata.export.style import Style
from probata.export.words import counted

Record = Mapping[str, Any]
_HEAD = 14  # columns of the words at the left
_FEW = 8


def text(record: Record, style: Style, judged: Record | None = None, ended: Sequence[str] | None = None) -> str:
    """The incident as headed lines. Figures are what sources say, and nothing is added up.

    `judged` is what people said of it (store.judged); `ended` names the incidents that it went into, if it has ended.
    """
    kind = str(record["type"]).replace("_", " ")
    title = f"{record['id']}  {kind}, {record['place'] or 'place not stated'}, {days(record['from'], record['to'])}"
    return (
        style.paint(one_line(title), "bold")
        + "\n"
        + "".join(_rows([*_gone(ended), *_told(record), *(judgedtext.lines(judged) if judged else ())], style))
    )


def versions(rows: Sequence[tuple[int, str, Sequence[str], Record]], style: Style) -> str:
    """The history of an incident: number, time, changes and cause of each version, the latest first."""
    out = style.paint("versions (times are UTC)", "bold") + "\n"
    for number, at, changes, because in sorted(rows, reverse=True, key=lambda r: r[0]):
        told = [*changes, *_because(because)]
        out += "".join(_rows([(f"{number}  {at}" if n == 0 else "", line) for n, line in enumerate(told)], style, 24))
    return out


def _gone(ended: Sequence[str] | None) -> Iterator[tuple[str, str]]:
    if ended is not None:
        yield "ended", f"it goes on in {', '.join(ended) or 'no other'}; this is how it stood last"


def _told(r: Record) -> Iterator[tuple[str, str]]:
    for name in ("killed", "injured", "casualties", "bodies"):
        if r.get(name) and (said := figures(r[name])) != "-":
            yield name, said
    for said in groups(r.get("groups", ())):
        yield "groups", said
    reports = sum(map(len, r["families"]))
    yield "sources", f"{r['independent_sources']} independent, in {counted(reports, 'report')}"
    yield from _list("", [o["name"] for o in r["originators"]])
    yield from _accused(r)
    yield "grade", f"{r['grade']} (suggested): {r.get('grade_reason') or ''}".rstrip(": ")
    if r.get("grade_scope"):
        yield "", r["grade_scope"]
    yield "verification", str(r["verification"])
    for view in r.get("views", ()):
        note = "; a convention" if view["imputed"] else ""
        why = view["note"] or f"rules {', '.join(view['rules'])}"
        yield "count views", f"{str(view['name']).upper()}: {figures(view)} ({why}{note})"
    yield from _law(r.get("law", ()))
    for name, number in sorted(Counter(x["relation"] for x in r["relations"]).items()):
        yield "apart", f"{counted(number, 'claim')}: {name}, never added"
    for b in r["beside"]:
        yield "beside", f"{b['incident']}: {b['relation']}; {b['reason']}"
    yield from _list("reports", [report for family in r["families"] for report in family])
    if r.get("versions"):
        yield "rules", ", ".join(f"{name} {version}" for name, version in sorted(r["versions"].items()))


def groups(told: Sequence[Record]) -> Iterator[str]:
    """The ranges of groups of victims with the status that is stated of each; those without a figure in one line."""
    for g in told:
        said = figures({k: g[k] for k in ("low", "best", "high")})
        if said != "-":
            status = "" if g["status"] == g["group"] else f", status {_words(g['status'])}"
            yield f"{_words(g['group'])}{status}: {said} {g['measure']}"
    blank = [f"{_words(g['group'])} ({g['measure']})" for g in told if g["low"] is None and g["high"] is None]
    if blank:
        yield f"named without a figure: {', '.join(blank)}"


def _words(name: str) -> str:
    return name.replace("_", " ")


def _accused(r: Record) -> Iterator[tuple[str, str]]:
    """Each accused with who accuses it, whether sources name others as well, and what it answers."""
    answers = {a["accused"]: a["answer"] for a in r["answers"]}
    if not r.get("accusations"):
        yield from _list("accused", r["accused"] or ["nobody"])
    for a in r.get("accusations", ()):
        by = list(dict.fromkeys(b["speaker"] or "the outlet itself" for b in a["by"]))
        stands = "" if a["stands"] == "named" else f" ({a['stands']})"
        answer = answers.get(a["accused"], "none reported")
        yield "accused", f"{a['accused']}{stands}, by {', '.join(by[:3])}{_more(by, 3)}; answer: {answer}"


def _law(labels: Sequence[Record]) -> Iterator[tuple[str, str]]:
    """Labels with what is stated and what is not; those refused with the reason."""
    for x in labels:
        if x["fit"] == "refused":
            continue
        stated, missing = (", ".join(x[k]) or "nothing" for k in ("stated", "missing"))
        yield "law", f"{x['ref']} {x['label']}: {x['fit']}; stated: {stated}; not stated: {missing}"
    why: dict[str, list[str]] = {}
    for x in labels:
        if x["fit"] == "refused":
            why.setdefault(x["why"], []).append(x["ref"])
    for said, refs in why.items():
        yield "law", f"refused: {said} ({', '.join(dict.fromkeys(refs))})"


def _because(because: Record) -> Iterator[str]:
    if because["reports"]:
        yield f"because of {', '.join(because['reports'][:_FEW])}{_more(because['reports'])}"
    for d in because["decisions"]:
        said = "the same" if d["same"] else "different"
        yield f"because {d['who'] or 'somebody'} decided that {d['a']} and {d['b']} are {said}: {d['why']}"
    for claim in because.get("readings", ())[:_FEW]:
        yield f"because people read {claim} otherwise"
    if because["anew"]:
        yield "because all claims were grouped anew"


def _list(head: str, names: Sequence[str]) -> Iterator[tuple[str, str]]:
    yield head, ", ".join(names[:_FEW]) + _more(names)


def _more(names: Sequence[str], few: int = _FEW) -> str:
    return f" and {len(names) - few:,} more" if len(names) > few else ""


def _rows(told: Iterable[tuple[str, str]], style: Style, head: int = _HEAD) -> Iterator[str]:
    last = ""
    for name, said in told:
        shown = name if name != last else ""
        last = name or last
        for n, line in enumerate(wrapped(one_line(said), style.columns - head - 2)):
            left = (shown if n == 0 else "").ljust(head)
            yield f"  {style.paint(left, 'dim')}{isolated(line)}\n"
