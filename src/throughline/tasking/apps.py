"""Registers the tasking floor with Django."""

from django.apps import AppConfig


class TaskingConfig(AppConfig):
    name = "throughline.tasking"
    label = "tasking"
    default_auto_field = "django.db.models.BigAutoField"
