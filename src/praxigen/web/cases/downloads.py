"""Files that leave the workspace: always as attachments, never kept by a browser, with names that name no patient."""

from __future__ import annotations

from django.http import HttpResponse


def download(content: bytes, name: str, kind: str) -> HttpResponse:
    """The answer with a file. `name` is made of short ids and fixed words only."""
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response
