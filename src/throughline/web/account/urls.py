"""The addresses of a person's own account."""

from django.urls import path

from throughline.web.account import views

urlpatterns = [
    path("", views.account, name="account"),
    path("code", views.code, name="account-code"),
    path("code/off", views.code_off, name="account-code-off"),
    path("stand-in", views.stand_in, name="account-stand-in"),
    path("stand-in/end", views.stand_in_end, name="account-stand-in-end"),
]
