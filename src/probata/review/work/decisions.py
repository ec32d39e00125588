"""Same or different: what may be one incident, why, what people decided; each decision can be taken back by a later."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.http import Http404
from django.utils import timezone

from probata.assess.why import why
from probata.export.incidentlines import incident_of
from probata.link import rows as link_rows
from probata.link.copies import families_of_claims
from probata.link.counts import weights
from probata.link.incidents import latest, scenes_of
from probata.link.rows import SceneRow
from probata.link.scenes import Scene
from probata.link.score import JOIN, pair
from probata.model.errors import CasebookError, InputError
from probata.model.incident import Decision
from probata.review.models import Job, Suggestion
from probata.review.sight import Sight
from probata.review.work import earlier, states
from probata.review.work.incident import Claims, Opened
from probata.store import families, grouping, models, neighbours, shown, stored, tallies
from probata.store.opening import Casebook
from probata.store.turn import turn

PAGE = 50
SCENES = 24  # scenes of an incident for which neighbours are sought
NEAR = 8  # other incidents that are suggested
FACTS = 8  # claims of a scene, of which the one that says most is shown
FAR = -3.0  # log odds, below which nothing is suggested
LONGEST = 2000  # characters of a reason
PATIENCE = 1.0  # seconds to wait for another writer; then the worker does it
Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person decides on two claims; `seen` is the last decision on their incidents that they saw."""

    a: str
    b: str
    same: bool
    why: str
    seen: int = 0


def near(sight: Sight, found: Opened) -> list[Record]:
    """Other incidents that may be the same, the likeliest first, each with its likeliest two claims and the reasons."""
    book = sight.book
    own = list(models.Scene.objects.using(book.alias).filter(incident=found.row).order_by("id")[:SCENES])
    others = _neighbours(book, own)
    there = dict(
        sight.incidents()
        .filter(ended=None, scenes__name__in=others)
        .exclude(pk=found.row.pk)
        .values_list("scenes__name", "name")
    )
    there = {scene: name for scene, name in there.items() if scene in others}
    claims = stored.claims_of_scenes(book, [*(s.name for s in own), *there])
    given = stored.decisions(book)
    at = scenes_of(claims, latest(given))
    counted = tallies.of(book, link_rows.counts(claims, given))
    copies = families.of(book, {c.report for c in claims}) or families_of_claims(claims)
    w = weights(counted, copies)
    mine = {s.name for s in own}
    best: dict[str, tuple[float, Scene, Scene, Any]] = {}
    for a in (s for s in at if s.key in mine):
        for b in (s for s in at if s.key in there):
            two = pair(a, b, w)
            name = there[b.key]
            if two.score >= FAR and (name not in best or two.score > best[name][0]):
                best[name] = (two.score, a, b, two)
    ranked = sorted(best.items(), key=lambda kv: (bool(kv[1][3].never), -kv[1][0], kv[0]))[:NEAR]
    lines = Claims(sight)
    lines.ready(f.claim for _, (_, a, b, _) in ranked for s in (a, b) for f in s.facts[:FACTS])
    records = dict(_records(sight, [name for name, _ in ranked]))
    out = []
    for name, (score, a, b, two) in ranked:
        out.append(
            {
                "incident": name,
                "record": records.get(name),
                "score": score,
                "join": JOIN,
                "never": sight.shown(two.never),
                "reasons": sight.shown(two.reasons(), [a.report, b.report]),
                "a": _telling(a, lines),
                "b": _telling(b, lines),
            }
        )
    return [told for told in out if told["a"] and told["b"]]


def _telling(scene: Scene, lines: Claims) -> Record | None:
    """The claim of a scene that says most: affirmed, with a figure."""
    told = lines.of(f.claim for f in scene.facts[:FACTS])
    return max(told, key=lambda c: (c["stance"] == "affirmed", c["count"] is not None, len(c["words"])), default=None)


def _neighbours(book: Casebook, own: Sequence[models.Scene]) -> set[str]:
    """The names of the scenes that those of an incident share most blocks with."""
    number = {s.name: s.pk for s in own}
    name = {s.pk: s.name for s in own}
    blocks: dict[str, list[tuple[int, int]]] = {s.name: [] for s in own}
    kept = models.Block.objects.using(book.alias).filter(scene__in=list(name))
    for scene, key, position in kept.values_list("scene", "key", "position"):
        blocks[name[scene]].append((key, position))
    made = [
        SceneRow(s.name, "", (), tuple(k for k, _ in blocks[s.name]), blocks[s.name][0][1], s.fine)
        for s in own
        if blocks[s.name]
    ]
    found = neighbours.pairs(book, made, number)
    return {other for _, other in found} - set(number)


def _records(sight: Sight, names: Sequence[str]) -> list[tuple[str, Record]]:
    rows = stored.latest(sight.book).filter(incident__name__in=names)
    kept = [(v.incident.name, v.record) for v in rows]
    shown_of = sight.all_shown([r for _, r in kept])
    few = ("type", "place", "from", "to", "killed", "injured", "independent_sources", "grade")
    return [(name, {k: r[k] for k in few}) for (name, _), r in zip(kept, shown_of, strict=True)]


def compared(sight: Sight, a: str, b: str) -> Record:
    """Two claims with all that speaks for or against their being of one incident. Raises Http404."""
    book = sight.book
    names = {a, b}
    if a == b or sight.claims().filter(name__in=names).count() != len(names):
        raise Http404
    lines = Claims(sight)
    lines.ready((a, b))
    if lines.line(a) is None or lines.line(b) is None:
        raise Http404
    two = stored.claims(book, (a, b))
    given = stored.decisions(book)
    of = stored.incidents_of_claims(book, (a, b))
    seen = {i.name for i in sight.incidents().filter(name__in=of)}
    if seen != set(of):
        raise Http404
    incidents = [incident_of(shown.edition(book, name).record) for name in of]
    told = {c.id: c for c in (*two, *stored.claims(book, (c for i in incidents for c in i.claims)))}
    counted = tallies.of(book, link_rows.counts(told.values(), given))
    copies = families.of(book, {c.report for c in told.values()})
    made = asdict(why(a, b, told.values(), incidents, given, copies, counted))
    reports = sorted({c.report for c in told.values()})
    made = sight.shown(made, reports)
    made["features"] = sorted(made["features"], key=lambda f: -abs(f["weight"]))
    records = dict(_records(sight, of))
    return {
        "comparison": made,
        "a": lines.line(a),
        "b": lines.line(b),
        "seen": _last(sight, a, b),
        "history": [_decision(sight, d) for d in _about(sight.book, a, b).order_by("-id")[:PAGE]],
        "incidents": {"one": records.get(made["incident_a"]), "other": records.get(made["incident_b"])},
    }


def others(sight: Sight, a: str) -> Record:
    """The claims of the same incident that other reports make, to compare one claim with. Raises Http404."""
    row = sight.claims().filter(name=a).select_related("report").first()
    if row is None:
        raise Http404
    incident = sight.incidents().filter(scenes__members__claim=row).first()
    rest: list[str] = []
    if incident is not None:
        rows = sight.claims().filter(member__scene__incident=incident).exclude(report=row.report)
        rest = list(rows.order_by("id").values_list("name", flat=True)[:PAGE])
    lines = Claims(sight)
    lines.ready((a, *rest))
    if lines.line(a) is None:
        raise Http404
    return {"a": lines.line(a), "incident": incident.name if incident else None, "others": lines.of(rest)}


def _about(book: Casebook, a: str, b: str) -> Any:
    """The decisions on two claims."""
    rows = models.Decision.objects.using(book.alias)
    return rows.filter(Q(a=a, b=b) | Q(a=b, b=a))


def _last(sight: Sight, a: str, b: str) -> int:
    return _last_of(sight.book, a, b)


def _last_of(book: Casebook, a: str, b: str) -> int:
    return _about(book, a, b).order_by("-id").values_list("id", flat=True).first() or 0


def decide(sight: Sight, choice: Choice) -> Record:
    """Write a decision down, and regroup: at once, or in the background while the casebook is being written.

    Raises InputError "changed-meanwhile" when somebody decided on the two claims since the person looked.
    """
    _checked(sight, choice)
    if _last(sight, choice.a, choice.b) != choice.seen:
        problem = "were decided on by somebody else meanwhile; your decision is not written down yet."
        raise InputError("changed-meanwhile", "these two claims", problem, "Look at theirs, then decide again.")
    about = {"a": choice.a, "b": choice.b, "same": choice.same, "why": choice.why, "seen": choice.seen}
    try:
        done = _written(sight.book, about, sight.who)
    except CasebookError as error:
        if error.code != "locked":
            raise
        job = Job.objects.create(kind="decide", about=about, by=sight.who)
        return {"waiting": job.pk}
    _answer(choice.a, choice.b, sight.who, choice.why)
    return done


def _answer(a: str, b: str, who: str, why: str) -> None:
    """Suggestions on two claims wait no more when a person has decided."""
    waiting = Suggestion.objects.filter(answer="").filter(Q(a=a, b=b) | Q(a=b, b=a))
    waiting.update(answer="taken", answered_by=who, answered_at=timezone.now(), answered_why=why)


def _checked(sight: Sight, choice: Choice) -> None:
    for name in (choice.a, choice.b):
        if not sight.claims().filter(name=name).exists():
            raise Http404
    if not choice.why.strip():
        raise InputError("reason", "a decision", "has no reason.", "Write down why, so that others can follow it.")
    if choice.a == choice.b:
        raise InputError("claim", "a claim", "is given twice.", "Name two.")
    held = models.Member.objects.using(sight.book.alias).filter(claim__name__in=(choice.a, choice.b))
    if held.count() != 2:
        advice = "Claims of no harm, or only feared or due, are in none."
        raise InputError("claim", "one of these claims", "is in no incident.", advice)


def _written(book: Casebook, about: Record, who: str) -> Record:
    with turn(book, PATIENCE):
        done = _decided(book, about, who)
    earlier.remind(book)
    return done


def _decided(book: Casebook, about: Record, who: str) -> Record:
    row = Decision(about["a"], about["b"], about["same"], who, about["why"].strip()[:LONGEST])
    done = grouping.decide(book, row)
    return {"new": done.new, "changed": done.changed, "ended": done.ended}


def later(book: Casebook, job: Job) -> Record:
    """Write down a decision that could not be written at once. For the worker.

    The job is done in the same transaction: a worker killed at any point has written it once, or the next does. Raises
    InputError "changed-meanwhile" when somebody else decided on the two before.
    """
    about = job.about
    with turn(book, PATIENCE), transaction.atomic(using=book.alias):
        if about.get("seen") is not None and _last_of(book, about["a"], about["b"]) != about["seen"]:
            problem = "were decided on by somebody else before this could be written down; it was not."
            raise InputError("changed-meanwhile", "two claims", problem, "Look at theirs, then decide again.")
        job.result, job.state = _decided(book, about, job.by), "done"
        job.save(using=book.alias)
        _answer(about["a"], about["b"], job.by, about["why"])
    earlier.remind(book)
    return dict(job.result)


def listed(sight: Sight, before: int | None = None) -> Record:
    """A page of decisions, the latest first, with those that wait for the worker."""
    rows = models.Decision.objects.using(sight.book.alias).order_by("-id")
    rows = rows.filter(id__lt=before) if before else rows
    found = list(rows[: PAGE + 1])
    page = found[:PAGE]
    lines = _lines(sight, page)
    marks = states.of_decisions(sight, page)
    told = [
        {**_decision(sight, d), "integrity": marks[d.pk], "first": lines.line(d.a), "second": lines.line(d.b)}
        for d in page
        if lines.line(d.a) and lines.line(d.b)
    ]
    last = {frozenset((d["a"], d["b"])): d["id"] for d in reversed(told)}
    newer = _newer(sight, last, before)
    for d in told:
        two = frozenset((d["a"], d["b"]))
        d["stands"] = last[two] == d["id"] and two not in newer
    waiting = Job.objects.filter(kind="decide", state__in=("waiting", "running", "failed")).order_by("-id")[:PAGE]
    return {
        "decisions": told,
        "waiting": [{"by": j.by, "same": j.about["same"], "state": j.state} for j in waiting],
        "before": page[-1].pk if len(found) > PAGE else None,
    }


def _newer(sight: Sight, pairs: Iterable[frozenset[str]], before: int | None) -> set[frozenset[str]]:
    """The pairs of claims on which an earlier page of the list has a decision."""
    if not before:
        return set()
    names = sorted({name for two in pairs for name in two})
    rows = models.Decision.objects.using(sight.book.alias).filter(id__gte=before, a__in=names, b__in=names)
    return {frozenset(two) for two in rows.values_list("a", "b")}


def _decision(sight: Sight, d: models.Decision) -> Record:
    text = sight.shield.text
    return {"id": d.pk, "a": d.a, "b": d.b, "same": d.same, "who": text(d.who), "why": text(d.why), "at": d.at}


def _lines(sight: Sight, rows: Sequence[models.Decision | Suggestion]) -> Claims:
    lines = Claims(sight)
    lines.ready(c for row in rows for c in (row.a, row.b))
    return lines


def suggested(sight: Sight, before: int | None = None) -> Record:
    """A page of suggestions that wait for a person, the latest first."""
    rows = Suggestion.objects.filter(answer="").order_by("-id")
    rows = rows.filter(id__lt=before) if before else rows
    found = list(rows[: PAGE + 1])
    lines = _lines(sight, found[:PAGE])
    told = [
        {
            "id": s.pk,
            "same": s.same,
            "why": sight.shield.text(s.why),
            "by": s.by,
            "software": s.software,
            "at": s.at,
            "a": lines.line(s.a),
            "b": lines.line(s.b),
        }
        for s in found[:PAGE]
        if lines.line(s.a) and lines.line(s.b)
    ]
    return {"suggestions": told, "before_suggestion": found[PAGE - 1].pk if len(found) > PAGE else None}


def suggest(sight: Sight, choice: Choice) -> Suggestion:
    """Leave a suggestion for people to decide on; software accounts may. One that waits already is given back."""
    _checked(sight, choice)
    with transaction.atomic():
        waits = Suggestion.objects.filter(answer="", same=choice.same).filter(
            Q(a=choice.a, b=choice.b) | Q(a=choice.b, b=choice.a)
        )
        return waits.first() or Suggestion.objects.create(
            a=choice.a,
            b=choice.b,
            same=choice.same,
            why=choice.why.strip()[:LONGEST],
            by=sight.who,
            software=sight.person.software,
        )


def drop(sight: Sight, number: int, why: str) -> None:
    """Say no to a suggestion, with a reason. Raises Http404."""
    row = Suggestion.objects.filter(pk=number).first()
    if row is None or not _lines(sight, [row]).of([row.a, row.b]):
        raise Http404
    if row.answer:
        problem = f"was answered by {row.answered_by} meanwhile."
        raise InputError("changed-meanwhile", "this suggestion", problem, "Nothing is left to do.")
    row.answer, row.answered_by, row.answered_at = "dropped", sight.who, timezone.now()
    row.answered_why = why.strip()[:LONGEST]
    row.save()
