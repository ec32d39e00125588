"""Addresses of tasks."""

from __future__ import annotations

from django.urls import path

from probata.review.pages import tasks

urlpatterns = [
    path("tasks/", tasks.listed, name="tasks"),
    path("tasks/new/", tasks.give, name="task-new"),
    path("tasks/<int:number>/", tasks.one, name="task"),
]
