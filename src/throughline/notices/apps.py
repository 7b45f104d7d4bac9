"""Registers the notices with Django."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "throughline.notices"
    label = "notices"
    default_auto_field = "django.db.models.BigAutoField"
