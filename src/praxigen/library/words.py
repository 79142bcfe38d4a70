"""The closed lists of words that policy files may use, beside the enumerations of the model."""

from __future__ import annotations

PLANS = ("commercial", "medicare_advantage", "medicare", "medicaid", "tricare", "workers_comp")
AUTHORIZATION = ("required", "not_required", "varies", "unknown")
STATUSES = ("draft", "reviewed", "retired")
