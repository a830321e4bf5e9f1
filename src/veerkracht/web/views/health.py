"""For machines that watch over this one: is it alive, is it ready, and its numbers."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache

from veerkracht.register.readiness import readiness
from veerkracht.web.operations import metrics


@never_cache
def health(request: HttpRequest) -> HttpResponse:
    """The process answers. Asks no database: a restart would not mend one."""
    return JsonResponse({"alive": True})


@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """Whether to send people here: 200, or 503 with what is wrong. `?words`: as lines for a person."""
    checks = readiness()
    is_ready = all(check.ok for check in checks)
    status = 200 if is_ready else 503
    if "words" in request.GET:
        lines = [f"{'ok ' if check.ok else 'BAD'} {check.name}: {check.words}" for check in checks]
        return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8", status=status)
    told = [{"name": check.name, "ok": check.ok, "words": check.words} for check in checks]
    return JsonResponse({"ready": is_ready, "checks": told}, status=status)


@never_cache
def numbers(request: HttpRequest) -> HttpResponse:
    """The metrics, for who may read them; for others there is no such page."""
    if not metrics.may_read(request):
        raise Http404
    return HttpResponse(metrics.text(), content_type="text/plain; version=0.0.4; charset=utf-8")
