"""Registers intelligence with Django."""

from django.apps import AppConfig


class IntelligenceConfig(AppConfig):
    name = "throughline.intelligence"
    label = "intelligence"
    default_auto_field = "django.db.models.BigAutoField"
