"""Findings in a casebook: two people, the rules of assess.findings on the incident as it stands, signatures checked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from probata.audit import keys
from probata.cli.main import main
from probata.model.errors import InputError
from probata.model.finding import Account
from probata.store import findings, models, signing, triggers
from probata.store.opening import Casebook
from probata.store.verifying import verify
from store.handmade import killing, report

GROUNDS, SUSPICION = "reasonable grounds to believe", "reasonable suspicion"


@pytest.fixture
def incident(book: Casebook) -> models.Incident:
    """An incident on one source."""
    report(book, "post", killing("post", 12, "a doctor"))
    return models.Incident.objects.using(book.alias).get()


def propose(book: Casebook, incident: models.Incident, standard: str = SUSPICION, **more: Any) -> findings.Proposal:
    told = {"kind": "occurred", "party": None, "who": "omar", "reason": "two counts", "version": incident.number} | more
    return findings.propose(book, incident.name, standard=standard, **told)


def refused(call: Any) -> str:
    with pytest.raises(InputError) as error:
        call()
    return error.value.code


def test_a_finding_stands_when_another_person_agrees(book: Casebook, incident: models.Incident) -> None:
    made = propose(book, incident)
    assert findings.of(book, incident.name).stands.occurred is None
    assert [p.number for p in findings.waiting(book)] == [made.number]
    assert refused(lambda: findings.agree(book, made.number, " OMAR ")) == "second"
    findings.agree(book, made.number, "aliyah", why="I counted too")
    judged = findings.of(book, incident.name)
    assert judged.stands.occurred is not None
    assert (judged.stands.occurred.who, judged.stands.occurred.second) == ("omar", "aliyah")
    assert refused(lambda: findings.agree(book, made.number, "noor")) == "changed-meanwhile"
    findings.withdraw(book, made.number, "noor", "both rest on one list")
    assert findings.of(book, incident.name).stands.occurred is None
    assert [p.state for p in findings.of(book, incident.name).history] == ["agreed", "taken back"]
    assert refused(lambda: findings.withdraw(book, made.number, "noor", "again")) == "finding"
    assert verify(book).wrong is None


def test_software_neither_proposes_nor_agrees(book: Casebook, incident: models.Incident) -> None:
    assert refused(lambda: propose(book, incident, account=Account.SOFTWARE)) == "software"
    assert refused(lambda: propose(book, incident, who="probata")) == "software"
    made = propose(book, incident)
    assert refused(lambda: findings.agree(book, made.number, "bot", account=Account.SOFTWARE)) == "software"
    assert refused(lambda: findings.decline(book, made.number, "bot", "no", account=Account.SOFTWARE)) == "software"


def test_one_source_needs_a_signature_of_whoever_proposes(
    book: Casebook, incident: models.Incident, tmp_path: Path
) -> None:
    mine, other = keys.make(tmp_path / "a.pem"), keys.make(tmp_path / "b.pem")
    made = propose(book, incident, GROUNDS)
    assert made.lacks_signature
    assert refused(lambda: findings.agree(book, made.number, "aliyah")) == "one-source"
    forged = signing.by_key(mine, b"another statement")
    assert refused(lambda: findings.agree(book, made.number, "aliyah", forged)) == "signature"
    good = signing.by_key(mine, findings.statement_of(book, made.number))
    findings.agree(book, made.number, "aliyah", good)
    again = lambda: propose(book, incident, GROUNDS, sign=lambda said: signing.by_key(other, said))  # noqa: E731
    assert refused(again) == "signature"  # the alias has signed with another key before
    assert verify(book).wrong is None


def test_other_signatures_say_what_they_are(book: Casebook, incident: models.Incident) -> None:
    key = signing.held(book, "omar", b"a passphrase")
    assert signing.held(book, "omar", b"a passphrase").public == key.public
    assert refused(lambda: signing.held(book, "omar", b"another")) == "key"
    held = propose(book, incident, GROUNDS, sign=lambda said: signing.by_key(key, said, signing.HELD))
    written = signing.Signature(signing.WRITTEN, "", signing.confirmation("noor"))
    said = propose(book, incident, GROUNDS, who="noor", sign=lambda _: written)
    assert (held.signed, said.signed) == ("held", "written")
    assert refused(lambda: propose(book, incident, GROUNDS, sign=lambda _: written)) == "signature"


def test_a_finding_is_of_the_incident_as_it_was_looked_at(book: Casebook, incident: models.Incident) -> None:
    assert refused(lambda: propose(book, incident, version=incident.number + 1)) == "changed-meanwhile"
    made = propose(book, incident)
    report(book, "radio", killing("radio", 12, "the Relief Office"))
    assert models.Incident.objects.using(book.alias).get().sources == 2
    assert refused(lambda: findings.agree(book, made.number, "aliyah")) == "changed"


def test_nobody_did_what_is_not_found_to_have_happened(book: Casebook, incident: models.Incident) -> None:
    who = propose(book, incident, kind="perpetrator", party="the army")
    assert refused(lambda: findings.agree(book, who.number, "aliyah")) == "occurred"
    findings.agree(book, propose(book, incident).number, "aliyah")
    assert findings.agree(book, who.number, "aliyah").state == "agreed"


def test_a_signature_that_was_changed_with_its_log_is_named(book: Casebook, incident: models.Incident) -> None:
    key = signing.held(book, "omar")
    propose(book, incident, GROUNDS, sign=lambda said: signing.by_key(key, said, signing.HELD))
    with connections[book.alias].schema_editor() as schema:
        triggers.drop(schema, triggers.JUDGED)
    models.Proposal.objects.using(book.alias).update(reason="another reason")
    assert "proposal" in (verify(book).wrong or "")
    assert list(findings.unsound(book))


def test_the_same_is_not_proposed_twice(book: Casebook, incident: models.Incident) -> None:
    """As when a command is given again after it was killed."""
    made = propose(book, incident)
    assert refused(lambda: propose(book, incident)) == "known"
    propose(book, incident, who="noor")
    findings.decline(book, made.number, "aliyah", "one list")
    assert propose(book, incident).number != made.number


def test_commands_set_a_finding(book: Casebook, incident: models.Incident, capsys: pytest.CaptureFixture[str]) -> None:
    at = ["--casebook", str(book.folder)]
    proposing = ["finding", "propose", incident.name, "--standard", SUSPICION, "--by", "omar", "--why", "two counts"]
    assert main([*proposing, *at]) == 0
    number = str(models.Proposal.objects.using(book.alias).get().pk)
    assert main(["finding", "agree", number, "--by", "omar", *at]) == 2
    assert main(["finding", "agree", number, "--by", "aliyah", *at]) == 0
    capsys.readouterr()
    assert main(["findings", incident.name, *at]) == 0
    assert "that it happened: reasonable suspicion (omar, with aliyah)" in capsys.readouterr().out
