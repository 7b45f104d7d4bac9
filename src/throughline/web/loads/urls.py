"""The addresses of loads."""

from django.urls import path

from throughline.web.loads import calls, columns, mending, views

urlpatterns = [
    path("template.csv", views.template_csv, name="load-template-csv"),
    path("register.csv", views.template_register, name="load-template-register"),
    path("template.xlsx", views.template_workbook, name="load-template-workbook"),
    path("<slug:ref>", views.one, name="load"),
    path("<slug:ref>/do", views.do, name="load-do"),
    path("<slug:ref>/columns", columns.columns, name="load-columns"),
    path("<slug:ref>/calls", calls.call_columns, name="load-call-columns"),
    path("<slug:ref>/values", columns.values, name="load-values"),
    path("<slug:ref>/errors.csv", mending.errors, name="load-errors"),
    path("<slug:ref>/mend/<int:line>", mending.mend, name="load-mend"),
]
