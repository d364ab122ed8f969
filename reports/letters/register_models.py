"""A year's register of letters asked for as PDF: work for a worker, and its result."""

from django.db import models

from accounts.scope import ScopedModel
from wacat.drawn import DrawnFile


class RegisterFile(ScopedModel, DrawnFile):
    """The register of a kelurahan's ``year``, for one reader, deleted a day later."""

    task = "reports.tasks.draw_register"

    year = models.PositiveSmallIntegerField()

    class Meta(DrawnFile.Meta):
        verbose_name = "Menggambar buku register surat"
