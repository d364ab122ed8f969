"""Addresses of the room."""

from __future__ import annotations

from django.urls import URLPattern, path

from residents.clock.views import TaskList

urlpatterns: list[URLPattern] = [
    path("warga/tugas/", TaskList.as_view(), name="task_list"),
]
