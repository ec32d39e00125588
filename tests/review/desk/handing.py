"""Handing over reports in tests, and doing the jobs that follow."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from probata.review import worker
from probata.review.models import Job
from review.harness import Site

TEXT = b"MERISK, 3 June 2024. Shells killed seven people in Merisk on Sunday, a doctor said.\n\nFiction.\n"


def upload(site: Site, *files: tuple[str, bytes], **said: str) -> Any:
    sent = [SimpleUploadedFile(name, raw) for name, raw in files]
    return site.client("Amal").post("/add/files/?format=json", {"files": sent, **said})


def work(site: Site) -> list[Job]:
    while job := Job.objects.filter(state="waiting").order_by("id").first():
        worker.do(site.book, job)
    return list(Job.objects.order_by("id"))
