"""Registers the sharing floor with Django."""

from django.apps import AppConfig


class SharingConfig(AppConfig):
    name = "throughline.sharing"
    label = "sharing"
    default_auto_field = "django.db.models.BigAutoField"
