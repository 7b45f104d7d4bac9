"""The addresses for signing in and out."""

from django.urls import path

from throughline.web.session import single, views

urlpatterns = [
    path("sign-in", views.sign_in, name="sign-in"),
    path("sign-in/code", views.sign_in_code, name="sign-in-code"),
    path("sign-in/organisation", single.sign_on_begin, name="sign-on"),
    path("sign-in/organisation/answer", single.sign_on_answer, name="sign-on-answer"),
    path("sign-out", views.sign_out, name="sign-out"),
]
