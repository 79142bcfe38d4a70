"""What is refused before anything else looks at it: programs that speak in the clear, and methods nobody needs."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.middleware.security import SecurityMiddleware

from praxigen.web.pages.errors import in_the_clear

_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


class TransportMiddleware(SecurityMiddleware):
    """Django's, but a browser alone is sent on to https. A program would go on sending its key in the clear unseen."""

    def process_request(self, request: HttpRequest) -> HttpResponse | None:
        """The refusal, or what sends a browser to https, or None."""
        if request.method not in _METHODS:
            return HttpResponseNotAllowed(_METHODS)
        if self.redirect and request.path.startswith("/api/") and not request.is_secure():
            return in_the_clear(request)
        answer: HttpResponse | None = super().process_request(request)
        return answer
