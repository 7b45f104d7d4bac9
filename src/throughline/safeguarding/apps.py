"""Registers the safeguarding floor with Django."""

from django.apps import AppConfig


class SafeguardingConfig(AppConfig):
    name = "throughline.safeguarding"
    label = "safeguarding"
    default_auto_field = "django.db.models.BigAutoField"
