"""Headers that every answer carries, files and faults included, and bytes that no address may hold."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest

Next = Callable[[HttpRequest], HttpResponse]
# Nothing that a browser can measure, film or pay with: not for us, not for what somebody would put in a frame.
_NOT_USED = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "screen-wake-lock",
    "usb",
    "xr-spatial-tracking",
)
# A passkey is made and used by our own pages only.
_OWN = ("publickey-credentials-create", "publickey-credentials-get")
HEADERS = {
    "Permissions-Policy": ", ".join(
        [*(f"{name}=()" for name in _NOT_USED), *(f"{name}=(self)" for name in _OWN)]
    ),
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Permitted-Cross-Domain-Policies": "none",
}
# What is about people stays in no cache, of a browser or on the way; what may be kept says so itself.
UNKEPT = "no-store"
_INTERFACE = "/api/"


class Headers:
    """Stands outermost: what other parts answer by themselves carries them too."""

    def __init__(self, get_response: Next):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.setdefault(name, value)
        response.setdefault("Cache-Control", UNKEPT)
        return response


class PlainAddresses:
    """An address with a zero character is no address: one database stores it, the other fails on it.

    The interface checks what it is sent by its own description.
    """

    def __init__(self, get_response: Next):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        holds_zero = "\0" in request.path or "%00" in request.META.get("QUERY_STRING", "")
        if holds_zero and not request.path.startswith(_INTERFACE):
            return HttpResponseBadRequest()
        return self.get_response(request)
