"""The addresses of operations."""

from django.urls import path, register_converter

from throughline.web.operations import (
    board,
    calendar,
    comparing,
    planning,
    publishing,
    returning,
    tactics,
    views,
)
from throughline.web.operations.dates import DayConverter

register_converter(DayConverter, "day")

urlpatterns = [
    path("", views.operations, name="operations"),
    path("plan", planning.operation_plan, name="operation-plan"),
    path("compare", comparing.compare_weeks, name="compare-weeks"),
    path("calendar.ics", calendar.calendar, name="calendar"),
    path("tactics", tactics.tactics, name="tactics"),
    path("measures", views.measures, name="measures"),
    path("<slug:ref>", views.operation, name="operation"),
    path("<slug:ref>/pack", planning.operation_pack, name="operation-pack"),
    path("<slug:ref>/pack/<slug:pack>", planning.pack_result, name="pack-result"),
    path("<slug:ref>/duty", planning.operation_duty, name="operation-duty"),
    path("<slug:ref>/board", board.board, name="operation-board"),
    path("<slug:ref>/summary.pdf", publishing.summary, name="operation-summary"),
    path("<slug:ref>/move/<slug:verb>", planning.operation_move, name="operation-move"),
    path("<slug:ref>/returns/<slug:body>/<day:day>", returning.one_return, name="return"),
    path("<slug:ref>/send/<day:day>", returning.return_send, name="return-send"),
    path("<slug:ref>/send/<day:day>/sheet", returning.return_sheet, name="return-sheet"),
    path("<slug:ref>/send/<day:day>/template.xlsx", returning.return_blank, name="return-template"),
]
