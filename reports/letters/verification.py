"""The public pages that tell whether a letter is genuine, for whoever holds it.

By its address (the QR code), by its number and short code (``verification_typed``), and by the
PDF itself (``verification_file``). None needs a login, a cookie or a form's token: asking changes
nothing, and whoever is made to ask learns only what anybody may.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from reports.letters.models import NUMBERED, Letter
from reports.letters.verification_limits import count_page, told
from reports.letters.verification_states import shown
from wacat.throttle import TooMany


@method_decorator((csrf_exempt, login_not_required), name="dispatch")
class PublicView(View):
    """For anyone: not kept, not indexed, and silent about where the visitor came from."""

    access = "public"
    http_method_names = ["get", "head", "post"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = super().dispatch(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Cache-Control"] = "no-store"
        response["Referrer-Policy"] = "no-referrer"
        return response


class Verification(PublicView):
    """The page behind a letter's QR code: state, number, date, kelurahan, masked names."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        try:
            count_page(request)
        except TooMany as error:
            context = {"told": told(error)}
            return render(request, "reports/letters/verification_busy.html", context, status=429)
        if not token.isprintable():  # the database would refuse a NUL
            raise Http404
        letters = Letter.objects.filter(status__in=NUMBERED).select_related(
            "area__parent", "replaced_by", "replaces"
        )
        letter = get_object_or_404(letters, token=token)
        return render(request, "reports/letters/verification.html", shown(letter))
