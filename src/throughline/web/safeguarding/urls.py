"""The addresses of safeguarding."""

from django.urls import path

from throughline.web.safeguarding import assessing, missing, referring, sides, views, working

urlpatterns = [
    path("", views.concerns, name="concerns"),
    path("duties", views.concern_law, name="concern-law"),
    path("raise", working.concern_raise, name="concern-raise"),
    path("section-45", referring.section_45_page, name="section-45"),
    path("sides/<slug:line>/<slug:piece>", sides.sides_line, name="sides-line"),
    path("sides/<slug:line>/<slug:piece>/status", sides.sides_status, name="sides-status"),
    path("both/<slug:network>", sides.sides_network_list, name="sides-network-list"),
    path("both/<slug:network>/<int:number>", sides.sides_network, name="sides-network"),
    path("<slug:ref>/sides", sides.sides_concern, name="sides-concern"),
    path("<slug:ref>", views.concern, name="concern"),
    path("<slug:ref>/assess", assessing.concern_assess, name="concern-assess"),
    path("<slug:ref>/step", working.concern_step, name="concern-step"),
    path("<slug:ref>/record/<slug:kind>", working.concern_record, name="concern-record"),
    path("<slug:ref>/who", working.concern_who, name="concern-who"),
    path("<slug:ref>/particulars", working.concern_particulars, name="concern-particulars"),
    path("<slug:ref>/share", working.concern_share, name="concern-share"),
    path("<slug:ref>/missing", missing.concern_missing, name="concern-missing"),
    path("<slug:ref>/acknowledge", missing.concern_acknowledge, name="concern-acknowledge"),
    path("<slug:ref>/missing/<slug:episode>/<slug:verb>", missing.episode_move, name="episode-move"),
    path("<slug:ref>/referrals", referring.referral_draft, name="referral-draft"),
    path("<slug:ref>/referrals/<slug:referral>", referring.referral, name="referral"),
    path(
        "<slug:ref>/referrals/<slug:referral>/answers",
        referring.referral_answers_page,
        name="referral-answers",
    ),
    path("<slug:ref>/referrals/<slug:referral>/sheet", referring.referral_sheet, name="referral-sheet"),
    path("<slug:ref>/referrals/<slug:referral>/notice", referring.referral_notice, name="referral-notice"),
    path(
        "<slug:ref>/referrals/<slug:referral>/file",
        referring.referral_notice_file,
        name="referral-notice-file",
    ),
    path(
        "<slug:ref>/referrals/<slug:referral>/move/<slug:verb>", referring.referral_move, name="referral-move"
    ),
    path("<slug:ref>/move/<slug:verb>", working.concern_move, name="concern-move"),
]
