"""The text of a policy, before anyone has made criteria of it: blocks, lists within lists, sentences."""

from praxigen.policytext.blocks import Block, BlockKind, split_blocks
from praxigen.policytext.requirements import RequirementSentence, only_informs, requirement_sentences

__all__ = ["Block", "BlockKind", "RequirementSentence", "only_informs", "requirement_sentences", "split_blocks"]
