"""The addresses of the pages, under /nl/ and /en/."""

from django.urls import path

from veerkracht.web.views import about, file, forecast, hints, list_, look, my, rounds, sign_in, today, try_

urlpatterns = [
    path("", today.today, name="today"),
    path("through-time/", today.through_time, name="through-time"),
    path("ending/", today.ending, name="ending"),
    path("list/", list_.page, name="list"),
    path("list/export.csv", list_.export, name="list-export"),
    path("file/<str:number>/", file.page, name="file"),
    path("rounds/", rounds.overview, name="rounds"),
    path("rounds/new/", rounds.new, name="round-new"),
    path("rounds/<int:id>/", rounds.page, name="round"),
    path("rounds/<int:id>/letter/<str:number>.<str:form>", rounds.letter, name="letter"),
    path("try/", try_.page, name="try"),
    path("try/turns/", try_.turns, name="try-turns"),
    path("forecast/", forecast.page, name="forecast"),
    path("my/", my.page, name="my"),
    path("my/<str:number>/stop/", my.stop, name="my-stop"),
    path("sign-in/", sign_in.page, name="sign-in"),
    path("sign-in/demo/", sign_in.as_demo, name="sign-in-demo"),
    path("sign-in/code/", sign_in.by_code, name="sign-in-code"),
    path("sign-out/", sign_in.out, name="sign-out"),
    path("role/", sign_in.take_role, name="role"),
    path("about/", about.page, name="about"),
    path("look/", look.choose, name="look"),
    path("hints/<slug:key>/", hints.away, name="hint-away"),
]
