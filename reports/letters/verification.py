"""The public page behind a letter's QR code: state, number, date, kelurahan, a masked name."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.decorators import method_decorator
from django.views import View

from accounts.login.address import client_address
from reports.letters.models import NUMBERED, Letter
from wacat.throttle import admits
from wacat.words import name_masked

LIMIT, WINDOW = 60, 60


@method_decorator(login_not_required, name="dispatch")
class Verification(View):
    """For anyone. Throttled by address, not indexed, and silent about all but these facts."""

    access = "public"
    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        if not admits("verification", client_address(request) or "unknown", LIMIT, WINDOW):
            return self._closed(render(request, "429.html", status=429))
        if not token.isprintable():  # the database would refuse a NUL
            raise Http404
        letters = Letter.objects.filter(status__in=NUMBERED).select_related("area__parent")
        letter = get_object_or_404(letters, token=token)
        facts = letter.facts  # none once the retention schedule has removed them
        names = [name_masked(one.full_name) for one in facts.subjects] if facts else []
        context = {
            "letter": letter,
            "names": names,
            "kelurahan": facts.office.kelurahan if facts else letter.area.containing.name,
            "specimen": settings.DEMO,
        }
        return self._closed(render(request, "reports/letters/verification.html", context))

    def _closed(self, response: HttpResponse) -> HttpResponse:
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Cache-Control"] = "no-store"
        response["Referrer-Policy"] = "no-referrer"
        return response
