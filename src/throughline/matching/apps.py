"""Registers matching with Django."""

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    name = "throughline.matching"
    label = "matching"
    default_auto_field = "django.db.models.BigAutoField"
