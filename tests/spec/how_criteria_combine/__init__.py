"""How criteria combine

A guideline is a tree. Each leaf gets its answer from the chart, from a person or from the request; each group gets its
answer from its children, by the tables on this page.

- `met`: documented. `not_met`: the note says otherwise. `not_documented`: the note is silent, or too vague.
- `waived`: not met, and a waiver of the policy holds. It counts as met and is shown as waived.
- `not_applicable`: the condition of the criterion does not hold. It is left out.

This is Kleene's three-valued logic: a part that is not documented leaves the whole open exactly where it could still
change it.
"""
