"""The addresses of reports."""

from django.urls import path

from throughline.web.reports import adding, loading, provenance, versions, views

urlpatterns = [
    path("", views.reports, name="reports"),
    path("add", adding.add, name="report-add"),
    path("load", loading.load, name="report-load"),
    path("<slug:ref>", views.report, name="report"),
    path("<slug:ref>/items/<int:number>/grade", views.grade, name="report-grade"),
    path("<slug:ref>/provenance/grade", provenance.grade, name="report-grade-provenance"),
    path("<slug:ref>/finish", views.finish, name="report-finish"),
    path("<slug:ref>/circulate", views.circulate, name="report-circulate"),
    path("<slug:ref>/reject", views.reject, name="report-reject"),
    path("<slug:ref>/sanitise", versions.sanitise, name="report-sanitise"),
    path("<slug:ref>/correct", versions.correct, name="report-correct"),
    path("<slug:ref>/withdraw", versions.withdraw, name="report-withdraw"),
]
