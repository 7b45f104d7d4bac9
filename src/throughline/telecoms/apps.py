"""Registers the call data with Django."""

from django.apps import AppConfig


class TelecomsConfig(AppConfig):
    name = "throughline.telecoms"
    label = "telecoms"
    default_auto_field = "django.db.models.BigAutoField"
