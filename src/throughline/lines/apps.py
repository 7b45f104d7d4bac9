"""Registers the county lines with Django."""

from django.apps import AppConfig


class LinesConfig(AppConfig):
    name = "throughline.lines"
    label = "lines"
    default_auto_field = "django.db.models.BigAutoField"
