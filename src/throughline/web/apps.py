"""Registers web with Django, for its templates and static files."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "throughline.web"
    label = "web"
