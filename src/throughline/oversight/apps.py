"""Registers the oversight floor with Django."""

from django.apps import AppConfig


class OversightConfig(AppConfig):
    name = "throughline.oversight"
    label = "oversight"
    default_auto_field = "django.db.models.BigAutoField"
