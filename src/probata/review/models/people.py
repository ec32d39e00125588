"""Who works with a casebook: persons under an alias, their role, and teams that keep cases to themselves."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from probata.review.roles import Need, Role


class Team(models.Model):
    """A group of persons. A report or incident that is kept to teams is seen by their members only."""

    name = models.TextField(unique=True)

    def __str__(self) -> str:
        return self.name


class People(BaseUserManager["Person"]):
    """Makes persons."""

    def create_user(self, alias: str, password: str | None = None, **more: Any) -> Person:
        """A person who can sign in; without a password only by the link that an administrator hands over."""
        person = self.model(alias=alias, **more)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """Somebody who signs in, known to the others and to the log by an alias; or a program, which decides nothing."""

    alias = models.CharField(max_length=60, unique=True)
    email = models.EmailField(blank=True)  # for notices only, where the person wants them
    role = models.CharField(max_length=20, choices=[(r.value, r.value) for r in Role], default=Role.READER.value)
    software = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=8, blank=True)
    zone = models.CharField(max_length=60, blank=True)  # the time zone by which their days begin; "" is UTC
    teams = models.ManyToManyField(Team, related_name="members", blank=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    limits: frozenset[str] | None = None  # the scopes of the token by which a program comes; kept nowhere
    USERNAME_FIELD = "alias"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = People()

    def __str__(self) -> str:
        return self.alias

    def may(self, need: Need) -> bool:
        """Whether the role allows this at all, and the token if one is used. A program may never decide."""
        free = need in (Need.ANYONE, Need.SIGNED_IN)
        if self.limits is not None and not free and need.value not in self.limits:
            return False
        return self.is_active and Role(self.role).allows(need) and not (self.software and need.decides)


class Restriction(models.Model):
    """A report or incident that only members of a team may see; of several teams, those of any."""

    kind = models.CharField(max_length=10, choices=[("report", "report"), ("incident", "incident")])
    name = models.TextField()
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="restrictions")
    by = models.TextField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["kind", "name", "team"], name="one_restriction_a_team"),)
