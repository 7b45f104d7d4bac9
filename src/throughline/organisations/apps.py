"""Registers the organisations with Django."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "throughline.organisations"
    label = "organisations"
    default_auto_field = "django.db.models.BigAutoField"
