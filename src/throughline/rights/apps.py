"""Registers rights and disclosure with Django."""

from django.apps import AppConfig


class RightsConfig(AppConfig):
    name = "throughline.rights"
    label = "rights"
    default_auto_field = "django.db.models.BigAutoField"
