"""The addresses of reports."""

from django.urls import path

from throughline.web.reports import adding, loading, views

urlpatterns = [
    path("", views.reports, name="reports"),
    path("add", adding.add, name="report-add"),
    path("load", loading.load, name="report-load"),
    path("<slug:ref>", views.report, name="report"),
    path("<slug:ref>/items/<int:number>/grade", views.grade, name="report-grade"),
    path("<slug:ref>/finish", views.finish, name="report-finish"),
    path("<slug:ref>/circulate", views.circulate, name="report-circulate"),
    path("<slug:ref>/widen", views.widen, name="report-widen"),
    path("<slug:ref>/reject", views.reject, name="report-reject"),
]
