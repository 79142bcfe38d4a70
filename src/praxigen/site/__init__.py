"""The public site: requirement pages, indexes and guides as static files, the same bytes for the same library."""

from praxigen.site.build import Progress, Summary, build_site

__all__ = ["Progress", "Summary", "build_site"]
