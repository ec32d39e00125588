"""Operations of working together: comments and tasks."""

from __future__ import annotations

from typing import Any, Literal

from ninja import Router

from probata.review.api.given import Done, Id, Kind, NewTask, Number, Said, TaskChange
from probata.review.api.guard import by
from probata.review.paging import Asked
from probata.review.roles import Need
from probata.review.work import about, talk, tasks
from probata.review.work.tasks import Draft

Record = dict[str, Any]
router = Router(tags=["comments and tasks"])
_SAY = by(Need.READ, Need.COMMENT)


@router.get("/comments", auth=by(Need.READ))
def comments(request: Asked, kind: Kind, name: Id, before: Number | None = None) -> Record:
    """The comments on a report, claim or incident; `older` is what `before` is to be for earlier ones."""
    about.asked(request.sight, kind, name)
    return talk.about(request.sight, kind, name, before)


@router.post("/comments", auth=_SAY)
def say(request: Asked, given: Said) -> Record:
    """Write a comment."""
    return {"comment": talk.say(request.sight, given.kind, given.name, given.text).pk}


@router.post("/comments/{int:number}/withdraw", auth=_SAY)
def withdraw(request: Asked, number: Number) -> Record:
    """Take one's own comment back."""
    return {"comment": talk.withdraw(request.sight, number).pk}


@router.get("/tasks", auth=by(Need.READ))
def list_tasks(
    request: Asked,
    whose: Literal["me", "nobody", "asked", "all"] = "me",
    state: Literal["open", "done"] = "open",
    after: Id = "",
) -> Record:
    """Tasks, the earliest due first; `after` is the next page's."""
    return tasks.mine(request.sight, whose, state, after)


@router.post("/tasks", auth=_SAY)
def give(request: Asked, given: NewTask) -> Record:
    """Write a task down; giving it to others needs the scope and the right to assign."""
    draft = Draft(given.what, given.person.strip(), given.due)
    return {"task": tasks.give(request.sight, given.kind, given.name, draft).pk}


@router.get("/tasks/{int:number}", auth=by(Need.READ))
def one_task(request: Asked, number: Number) -> Record:
    """A task; `revision` is the number to give as `seen`."""
    return tasks.told(request.sight, number)


@router.post("/tasks/{int:number}", auth=_SAY)
def change(request: Asked, number: Number, given: TaskChange) -> Record:
    """Let a task say something else."""
    tasks.change(request.sight, number, Draft(given.what, given.person.strip(), given.due), given.seen)
    return tasks.told(request.sight, number)


@router.post("/tasks/{int:number}/done", auth=_SAY)
def done(request: Asked, number: Number, given: Done) -> Record:
    """Close a task with what came of it, or open it again."""
    tasks.done(request.sight, number, given.outcome, given.seen, given.again)
    return tasks.told(request.sight, number)
