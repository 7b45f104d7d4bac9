"""The addresses of people."""

from django.urls import path

from throughline.web.people import answer_times, identifier_rule, views

urlpatterns = [
    path("", views.people, name="people"),
    path("answer-times", answer_times.times, name="answer-times"),
    path("identifier-rule", identifier_rule.rule, name="identifier-rule"),
    path("add", views.person_add, name="person-add"),
    # A username may hold a slash, which only a path takes.
    path("<path:username>/code", views.person_code, name="person-code"),
    path("<path:username>/sessions", views.person_sessions, name="person-sessions"),
    path("<path:username>/sign-on", views.person_sign_on, name="person-sign-on"),
    path("<path:username>/password", views.person_password, name="person-password"),
    path("<path:username>/leave", views.person_leave, name="person-leave"),
    path("<path:username>/return", views.person_return, name="person-return"),
    path("<path:username>/roles/waiting", views.person_wish, name="person-wish"),
    path("<path:username>/roles", views.person_roles, name="person-roles"),
]
