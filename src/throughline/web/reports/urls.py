"""The addresses of reports."""

from django.urls import path

from throughline.web.loads.views import load
from throughline.web.reports import adding, drafts, files, provenance, versions, views

urlpatterns = [
    path("", views.reports, name="reports"),
    path("add", adding.add, name="report-add"),
    path("drafts/", drafts.drafts, name="report-drafts"),
    path("drafts/save", drafts.save, name="report-draft-save"),
    path("drafts/<slug:ref>", adding.go_on, name="report-draft"),
    path("drafts/<slug:ref>/delete", drafts.discard, name="report-draft-discard"),
    path("load", load, name="report-load"),
    path("<slug:ref>", views.report, name="report"),
    path("<slug:ref>/items/<int:number>/grade", views.grade, name="report-grade"),
    path("<slug:ref>/provenance/grade", provenance.grade, name="report-grade-provenance"),
    path("<slug:ref>/files/add", files.attach, name="report-attach"),
    path("<slug:ref>/files/<slug:file>", files.download, name="report-file"),
    path("<slug:ref>/files/<slug:file>/withdraw", files.withdraw, name="report-file-withdraw"),
    path("<slug:ref>/finish", views.finish, name="report-finish"),
    path("<slug:ref>/circulate", views.circulate, name="report-circulate"),
    path("<slug:ref>/widen", views.widen, name="report-widen"),
    path("<slug:ref>/reject", views.reject, name="report-reject"),
    path("<slug:ref>/sanitise", versions.sanitise, name="report-sanitise"),
    path("<slug:ref>/correct", versions.correct, name="report-correct"),
    path("<slug:ref>/withdraw", versions.withdraw, name="report-withdraw"),
]
