"""Wargaku ke Capil Aku Tau."""

from wacat.celery import app as celery_app

__all__ = ["celery_app"]
