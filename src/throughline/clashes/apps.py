"""Registers the clashes with Django."""

from django.apps import AppConfig


class ClashesConfig(AppConfig):
    name = "throughline.clashes"
    label = "clashes"
    default_auto_field = "django.db.models.BigAutoField"
