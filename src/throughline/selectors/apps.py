"""Registers the selectors and the sightings of them with Django."""

from django.apps import AppConfig


class SelectorsConfig(AppConfig):
    name = "throughline.selectors"
    label = "selectors"
    default_auto_field = "django.db.models.BigAutoField"
