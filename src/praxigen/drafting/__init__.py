"""A payer's document in, a draft guideline out, for a curator to finish."""

from praxigen.drafting.draft import Draft, DraftHead, draft_guideline

__all__ = ["Draft", "DraftHead", "draft_guideline"]
