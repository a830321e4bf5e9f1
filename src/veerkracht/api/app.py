"""The interface itself: its operations, who may call, what it answers when something is wrong."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from veerkracht.api import limits, problems
from veerkracht.api.auth import Bearer, Session
from veerkracht.api.routes import (
    assessments,
    capacity,
    crisis_stays,
    desk,
    figures,
    log,
    me,
    money,
    offers,
    places,
    prices,
    requests,
    roles,
    rounds,
    stays,
)

VERSION = "1"


class Interface(NinjaAPI):
    """As django-ninja makes it, but a fault is described as what it is sent as: problem details."""

    def create_temporal_response(self, request: HttpRequest) -> HttpResponse:
        response = super().create_temporal_response(request)
        for name, value in problems.AS_A_FILE.items():
            response[name] = value
        return response

    def get_openapi_schema(self, **how: Any) -> OpenAPISchema:
        schema = super().get_openapi_schema(**how)
        for operations in schema["paths"].values():
            for operation in operations.values():
                for status, answer in operation["responses"].items():
                    if int(status) >= 400:
                        answer["content"] = {problems.TYPE: answer["content"]["application/json"]}
        return schema


api = Interface(
    title="Veerkracht",
    version=VERSION,
    description="The same gates, queries and actions as the pages. Amounts in eurocents, a year where it says so.",
    urls_namespace="api",
    # No page of Swagger's: it needs styles that our content policy forbids. `docs.page` shows the same.
    docs_url=None,
    openapi_url="/openapi.json",
    auth=[Bearer(), Session()],
    throttle=[limits.PerCapacity()],
)
api.add_decorator(limits.strict, mode="view")
problems.handle(api)
for router in (
    me,
    requests,
    rounds,
    figures,
    places,
    offers,
    stays,
    capacity,
    prices,
    assessments,
    desk,
    crisis_stays,
    money,
    log,
    roles,
):
    api.add_router("", router.router)
