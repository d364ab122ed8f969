"""The guide: how to do each task, for one's own offices first."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.access import ActionView, user_of
from accounts.guide.chapters import BY_SLUG, chapters_besides, chapters_of
from accounts.rules import Role
from accounts.scope import may


class GuideList(ActionView):
    action = None

    def get(self, request: HttpRequest) -> HttpResponse:
        held = {post.role for post in user_of(request).todays_posts}
        roles = [role for role in Role if role in held]
        context = {"groups": chapters_of(roles), "others": chapters_besides(roles)}
        return render(request, "accounts/guide/list.html", context)


class GuideChapter(ActionView):
    """One task. Whose it is not may read it, but is not led to its page."""

    action = None

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        chapter = BY_SLUG.get(slug)
        if chapter is None:
            raise Http404
        is_open = chapter.action is None or may(user_of(request), chapter.action)
        context = {"chapter": chapter, "is_open": is_open}
        return render(request, "accounts/guide/chapter.html", context)
