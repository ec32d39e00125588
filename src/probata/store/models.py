"""The casebook's tables. Rows of reports, claims, decisions, versions and the log are added and never changed.

The databases themselves refuse to change them: `KEPT`, by triggers of a migration.
"""

from __future__ import annotations

from django.db import models

from probata.audit.sealing import fresh_salt
from probata.store.fields import Json


class Identity(models.Model):
    """One row: which casebook this database belongs to, and how far its reports are grouped.

    `grouped` is the last report that is, `grouping` the version of the rows that grouping keeps, `reread` the last
    reading of a person that grouping knows of.
    """

    casebook = models.TextField(unique=True)
    grouped = models.BigIntegerField(default=0)
    grouping = models.PositiveIntegerField(default=0)
    reread = models.BigIntegerField(default=0)


class Report(models.Model):
    """A report as it was received and as it was read. `name` is its id in claims, unique in the casebook.

    `digest` is the SHA-256 of its own bytes (of a file, or of its record within one); `original` that of the whole file
    as it was received, by which it lies in the folder of originals. `data` is what is known of it beside the text.
    """

    name = models.TextField(unique=True)
    digest = models.CharField(max_length=64, unique=True)
    original = models.CharField(max_length=64)
    text = models.TextField()
    title = models.TextField(null=True)
    outlet = models.TextField(null=True)
    language = models.TextField(null=True)
    url = models.TextField(null=True)
    author = models.TextField(null=True)
    published = models.DateField(null=True)
    data = Json()
    reader = models.TextField()  # what read it, with its version; "" where nothing reads its language yet
    added_at = models.DateTimeField()
    added_by = models.TextField()
    salt = models.TextField(default=fresh_salt)  # as of a decision; "" in rows that were written without one

    class Meta:
        indexes = (models.Index(fields=["published", "id"]),)


class Incident(models.Model):
    """An incident as it is shown now: its latest version and what lists are filtered by.

    `ended` says into what it went when later reports or decisions joined or split it; it stays citable.
    """

    name = models.TextField(unique=True)
    number = models.PositiveIntegerField()  # of the latest version
    type = models.TextField()
    place = models.TextField(null=True)
    start = models.DateField(null=True)
    end = models.DateField(null=True)
    killed_low = models.PositiveBigIntegerField(null=True)
    killed_high = models.PositiveBigIntegerField(null=True)
    sources = models.PositiveIntegerField()
    grade = models.TextField()
    ended = Json(null=True)

    class Meta:
        indexes = (models.Index(fields=["start", "id"]),)


class Version(models.Model):
    """An incident as it stood once: the whole record, what changed since the version before, and because of what."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    record = Json()
    changes = Json()
    because = Json()
    salt = models.TextField(default=fresh_salt)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["incident", "number"], name="one_version_a_number"),)


class Claim(models.Model):
    """A claim: its record (gold/claims.md, version 1) as read, and the values that lists are filtered by."""

    name = models.TextField(unique=True)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="claims")
    number = models.PositiveIntegerField()
    type = models.TextField()
    stance = models.TextField()
    speaker = models.TextField(null=True)
    place = models.TextField(null=True)
    start = models.DateField(null=True)
    end = models.DateField(null=True)
    record = Json()
    salt = models.TextField(default=fresh_salt)

    class Meta:
        indexes = (models.Index(fields=["type", "id"]), models.Index(fields=["start", "id"]))


class Reading(models.Model):
    """What a person reads where a claim stands: another record, none ("rejected"), or what stood before ("undone").

    The claim's own record is number 0; `record` is what stands from this reading on, also of a rejected claim.
    """

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="readings")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10)
    record = Json()
    rejected = models.BooleanField()
    who = models.TextField()
    why = models.TextField()
    at = models.DateTimeField()
    salt = models.TextField(default=fresh_salt)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["claim", "number"], name="one_reading_a_number"),)


class Standing(models.Model):
    """How a claim that people have read stands in grouping and lists. It can be made anew from the readings."""

    claim = models.OneToOneField(Claim, on_delete=models.CASCADE, related_name="standing")
    reading = models.PositiveBigIntegerField()
    rejected = models.BooleanField()
    type = models.TextField()
    stance = models.TextField()
    speaker = models.TextField(null=True)
    place = models.TextField(null=True)
    start = models.DateField(null=True)
    end = models.DateField(null=True)
    record = Json()


class Scene(models.Model):
    """Claims of one report that grouping keeps together. What grouping keeps can be made anew from the claims."""

    name = models.TextField(unique=True)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="scenes")
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, null=True, related_name="scenes")
    fine = models.BooleanField()


class Member(models.Model):
    """Which scene a claim of harm is in."""

    claim = models.OneToOneField(Claim, on_delete=models.CASCADE, related_name="member")
    scene = models.ForeignKey(Scene, on_delete=models.CASCADE, related_name="members")


class Block(models.Model):
    """A block that a scene is in, and where it stands in the block's order."""

    key = models.BigIntegerField()
    position = models.BigIntegerField()
    scene = models.ForeignKey(Scene, on_delete=models.CASCADE, related_name="blocks")

    class Meta:
        indexes = (models.Index(fields=["key", "position", "scene"]),)


class Family(models.Model):
    """Which reports copy one another: those of one name. A report that is in none copies nobody."""

    report = models.OneToOneField(Report, on_delete=models.CASCADE, related_name="family")
    name = models.TextField(db_index=True)


class Tally(models.Model):
    """How many scenes hold a word, are of a place, or are there at all: what makes a word telling."""

    kind = models.CharField(max_length=8)
    what = models.TextField()
    number = models.BigIntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["kind", "what"], name="one_tally_a_thing"),)


class Decision(models.Model):
    """A person's row: two claims are about the same incident, or are not. A later row of the same two wins."""

    a = models.TextField()
    b = models.TextField()
    same = models.BooleanField()
    who = models.TextField()
    why = models.TextField()
    at = models.DateTimeField()
    salt = models.TextField()  # keeps anyone from guessing the words from their hash in the log

    class Meta:
        indexes = (models.Index(fields=["a"]), models.Index(fields=["b"]))


class Proposal(models.Model):
    """What one person finds of an incident, at a standard of proof; it stands when a second person agrees.

    One of the standard "open" takes a finding back, and needs nobody else. `sources` is the independent count and
    `version` the version of the incident that the person looked at. `signature` (store.signing) is of the person.
    """

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="proposals")
    kind = models.CharField(max_length=12)
    standard = models.TextField()
    party = models.TextField(null=True)
    who = models.TextField()
    reason = models.TextField()
    sources = models.PositiveIntegerField()
    version = models.PositiveIntegerField()
    at = models.DateTimeField()
    signature = Json(null=True)
    salt = models.TextField(default=fresh_salt)

    @property
    def name(self) -> str:
        """By which the log knows it."""
        return str(self.pk)


class Answer(models.Model):
    """What a second person says to a proposal: agreed or declined. `signature` is the first's, where it came later."""

    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="answer")
    agreed = models.BooleanField()
    who = models.TextField()
    why = models.TextField()
    at = models.DateTimeField()
    signature = Json(null=True)
    salt = models.TextField(default=fresh_salt)


class Entry(models.Model):
    """An entry of the log: its line, and its place in the chain of hashes (audit.chain)."""

    number = models.PositiveBigIntegerField(primary_key=True)
    previous = models.CharField(max_length=64)
    line = models.TextField()
    hash = models.CharField(max_length=64)


class Shadow(models.Model):
    """What a report is found by: its words folded, in order, and other forms that find them. A long report has parts.

    Both databases index the words of `text` and `also` (migration 0003).
    """

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="shadows")
    part = models.PositiveIntegerField(default=0)
    text = models.TextField()
    also = models.TextField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["report", "part"], name="one_part_a_number"),)
        indexes = (models.Index(fields=["report"], condition=models.Q(part=1), name="of_several_parts"),)


class Protected(models.Model):
    """Words that leave the casebook in no form: a person's name, a field's value; who says so and why.

    `commitment` is the seal of words and variants with the salt (audit.sealing). Erasing empties words, variants and
    salt. A row with `back` takes the row of that number back and holds no words itself.
    """

    words = models.TextField(null=True)
    variants = Json(null=True)
    kind = models.TextField()
    commitment = models.CharField(max_length=64)
    salt = models.TextField(null=True)
    who = models.TextField()
    why = models.TextField()
    at = models.DateTimeField()
    back = models.PositiveBigIntegerField(null=True)
    erased_at = models.DateTimeField(null=True)
    erased_why = models.TextField(null=True)


class Holder(models.Model):
    """A report with protected words in its text, so that the offsets of its claims are shown as they are without."""

    report = models.OneToOneField(Report, on_delete=models.CASCADE, related_name="holder")


class Victim(models.Model):
    """A full name of a victim that claims of a report give: hidden in every report's text from who needs no names."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="victims")
    name = models.TextField()


KEPT = (Report, Claim, Version, Decision, Reading, Proposal, Answer, Entry)
