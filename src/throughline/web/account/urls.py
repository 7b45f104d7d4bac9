"""The addresses of a person's own account."""

from django.urls import path

from throughline.web.account import views

urlpatterns = [
    path("", views.account, name="account"),
    path("password", views.password, name="account-password"),
    path("code", views.code, name="account-code"),
    path("code/off", views.code_off, name="account-code-off"),
    path("sessions/end", views.session_end, name="account-session-end"),
    path("sessions/end-others", views.sessions_end_others, name="account-session-end-others"),
    path("stand-in", views.stand_in, name="account-stand-in"),
    path("stand-in/end", views.stand_in_end, name="account-stand-in-end"),
]
