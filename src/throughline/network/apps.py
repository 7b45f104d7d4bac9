"""Registers networks with Django."""

from django.apps import AppConfig


class NetworkConfig(AppConfig):
    name = "throughline.network"
    label = "network"
    default_auto_field = "django.db.models.BigAutoField"
