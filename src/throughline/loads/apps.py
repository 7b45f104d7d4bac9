"""Registers loads with Django."""

from django.apps import AppConfig


class LoadsConfig(AppConfig):
    name = "throughline.loads"
    label = "loads"
    default_auto_field = "django.db.models.BigAutoField"
