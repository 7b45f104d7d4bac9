"""The addresses of officer-days and of plans."""

from django.urls import path

from throughline.web.plans import days, deciding, pack, profiles, views

urlpatterns = [
    path("", views.plans, name="plans"),
    path("days", days.own_days, name="days"),
    path("days/file", days.days_file, name="days-file"),
    path("days/bodies", days.days_of_region, name="days-of-bodies"),
    path("days/bodies/<slug:code>", days.days_of, name="days-of-body"),
    path("meeting.pdf", pack.meeting_pack, name="meeting-pack"),
    path("targets/<slug:ref>.pdf", profiles.target_profile, name="target-profile"),
    path("problems/<slug:code>.pdf", profiles.problem_profile, name="problem-profile"),
    path("<slug:ref>", views.plan, name="plan"),
    path("<slug:ref>/again", deciding.plan_again, name="plan-again"),
    path("<slug:ref>/say/<slug:line>", deciding.plan_say, name="plan-say"),
    path("<slug:ref>/<slug:verb>", deciding.plan_move, name="plan-move"),
]
