"""Registers the clocks floor with Django."""

from django.apps import AppConfig


class ClocksConfig(AppConfig):
    name = "throughline.clocks"
    label = "clocks"
    default_auto_field = "django.db.models.BigAutoField"
