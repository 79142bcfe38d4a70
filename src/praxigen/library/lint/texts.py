"""What can be wrong with the words of any file: a TODO, a code called after the wrong code set, empty words."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from praxigen.datafiles import Fault, ListNode, MapNode, Node, TextNode
from praxigen.library.lint.places import Page

# Test notes are what clinicians write; nobody mends them.
_NOT_OURS = frozenset({"tests"})
_TODO = re.compile(r"\bTODO\b")
_CPT_THEN_HCPCS = re.compile(
    r"\b(?<!not )CPT(?:[ -]codes?)?[:\s(]+(?:[0-9]{4}[0-9A-Z](?:,| and| or)\s+)*([A-Z][0-9]{4})\b"
)
_HCPCS_THEN_CPT = re.compile(r"(?<!/)\b(?<!not )HCPCS(?: level II)?(?:[ -]codes?)?[:\s(]+([0-9]{4}[0-9AFMTU])\b")
# What says only that somebody will look: nothing that a chart could show.
_EMPTY = re.compile(
    r"\b(?:medical(?:ly)?|necess(?:ity|ary)|clinical(?:ly)?|review(?:ed|s)?|required?|requires|requirements?|criteria|"
    r"criterion|must|should|shall|be|is|are|meet|meets|met|policy|policies|payer|plan|see|per|subject|to|apply|applies|"
    r"generally|standard|usual|case|by|basis|determin\w+|approv\w+|authoriz\w+|prior|appropriate\w*|documentation|"
    r"documented|patients?|members?|services?|procedures?|the|a|an|of|and|or|for|as|in|its|their|this|that|all|any|will|on|with|payer's|guidelines?)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]{2,}")


def lint_texts(page: Page) -> Iterator[Fault]:
    """The faults that any text of a file can have."""
    for node in texts_of(page.root, leave_out=frozenset()):
        if _TODO.search(node.text):
            message = "this is still to be written"
            yield page.error(node, "todo", message, "Write what the source says, and take out the word TODO.")
    for node in texts_of(page.root):
        for pattern, wrong, right in ((_CPT_THEN_HCPCS, "CPT", "HCPCS"), (_HCPCS_THEN_CPT, "HCPCS", "CPT")):
            found = pattern.search(node.text)
            if found:
                message = f"{found[1]} is a {right} code, not a {wrong} code"
                yield page.error(node, "code-set", message, f"Write '{right} {found[1]}'.")


def says_nothing(text: str) -> bool:
    """Whether a criterion says no more than that somebody will look: "medical necessity review required"."""
    return not _WORD.search(_EMPTY.sub(" ", text)) and len(_EMPTY.findall(text)) > 1


def texts_of(node: Node, leave_out: Collection[str] = _NOT_OURS) -> Iterator[TextNode]:
    """Every text of a file, in its order, but what stands under the keys to be left out."""
    if isinstance(node, TextNode):
        yield node
    elif isinstance(node, ListNode):
        for item in node.items:
            yield from texts_of(item, leave_out)
    elif isinstance(node, MapNode):
        for key, value in node.entries:
            if key.text not in leave_out:
                yield from texts_of(value, leave_out)
