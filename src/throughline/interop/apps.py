"""Registers the interop floor with Django."""

from django.apps import AppConfig


class InteropConfig(AppConfig):
    name = "throughline.interop"
    label = "interop"
    default_auto_field = "django.db.models.BigAutoField"
