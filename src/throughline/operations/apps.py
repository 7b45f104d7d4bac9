"""Registers the operations floor with Django."""

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "throughline.operations"
    label = "operations"
    default_auto_field = "django.db.models.BigAutoField"
