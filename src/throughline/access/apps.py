"""Registers access with Django."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "throughline.access"
    label = "access"
    default_auto_field = "django.db.models.BigAutoField"
