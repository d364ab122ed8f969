"""A kelurahan's letterhead and rules of letters, as settings."""

import pghistory
from django.db import models
from django.db.models import Q

from reports.letters.office_logo import LOGO_NAME

DEFAULT_NUMBER = "400.12.2.1/{urut}/{kode}/{bulan romawi}/{tahun}"
VALID_MONTHS = (1, 12)


@pghistory.track()
class LetterOffice(models.Model):
    """A kelurahan's letterhead and rules, as settings; without a row the defaults hold.

    ``logo`` names a stored picture (reports.letters.office_logo); without one the emblem is drawn.
    """

    kelurahan = models.OneToOneField("accounts.Area", models.PROTECT, primary_key=True)
    address = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)
    number_template = models.CharField(max_length=100, default=DEFAULT_NUMBER)
    valid_months = models.PositiveSmallIntegerField(default=6)
    paper = models.CharField(max_length=2, choices=(("A4", "A4"), ("F4", "F4")), default="A4")
    logo = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(number_template__contains="{urut}"), name="office_number_has_serial"
            ),
            models.CheckConstraint(
                condition=Q(number_template__contains="{tahun}"), name="office_number_has_year"
            ),
            models.CheckConstraint(
                condition=Q(valid_months__range=VALID_MONTHS), name="office_valid_months"
            ),
            models.CheckConstraint(
                condition=Q(logo="") | Q(logo__regex=LOGO_NAME), name="office_logo_is_stored"
            ),
        )
