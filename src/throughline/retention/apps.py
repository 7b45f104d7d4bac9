"""Registers retention with Django."""

from django.apps import AppConfig


class RetentionConfig(AppConfig):
    name = "throughline.retention"
    label = "retention"
    default_auto_field = "django.db.models.BigAutoField"
