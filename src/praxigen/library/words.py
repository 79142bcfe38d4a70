"""The closed lists of words that policy files may use, beside the enumerations of the model."""

from __future__ import annotations

PLANS = ("commercial", "medicare_advantage", "medicare", "medicaid", "tricare", "workers_comp")
AUTHORIZATION = ("required", "not_required", "varies", "unknown")
STATUSES = ("draft", "reviewed", "retired")
FUNDING = ("insured", "self_funded", "government")
PLACES = ("hospital_outpatient", "ambulatory_surgery_center", "office", "home", "inpatient")
RULE_AUTHORIZATION = ("required", "voluntary", "none")
STATES = (
    *("AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DE", "DC", "FL", "GA", "HI", "ID", "IL", "IN", "IA", "KS", "KY"),
    *("LA", "ME", "MD", "MA", "MI", "MN", "MS", "MO", "MT", "NE", "NV", "NH", "NJ", "NM", "NY", "NC", "ND", "OH"),
    *("OK", "OR", "PA", "RI", "SC", "SD", "TN", "TX", "UT", "VT", "VA", "WA", "WV", "WI", "WY"),
    *("AS", "GU", "MP", "PR", "VI"),
)
