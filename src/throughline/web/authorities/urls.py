"""The addresses of authorities."""

from django.urls import path

from throughline.web.authorities import changing, views
from throughline.web.loads.calls import load_calls

urlpatterns = [
    path("", views.authorities, name="authorities"),
    path("add", changing.authority_add, name="authority-add"),
    path("<slug:code>", views.authority, name="authority"),
    path("<slug:code>/load", load_calls, name="load-calls"),
    path("<slug:code>/record", changing.authority_record, name="authority-record"),
    path("<slug:code>/keep", changing.authority_keep, name="authority-keep"),
    path("<slug:code>/end", changing.authority_end, name="authority-end"),
]
