"""The filters of ``wacat.words``, built into every template (no ``{% load %}`` needed)."""

from django import template

from wacat import words

register = template.Library()

for write in (
    words.tanggal,
    words.waktu,
    words.angka,
    words.nik_masked,
    words.nik_grouped,
    words.name_masked,
):
    register.filter(write.__name__, write)
