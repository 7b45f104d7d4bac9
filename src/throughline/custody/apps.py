"""Registers the custody floor with Django."""

from django.apps import AppConfig


class CustodyConfig(AppConfig):
    name = "throughline.custody"
    label = "custody"
    default_auto_field = "django.db.models.BigAutoField"
