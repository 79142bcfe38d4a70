"""Reading the project's own data files: strict YAML with a place for every value, and where shipped data lies."""

from praxigen.datafiles.faults import Fault, Faults, FaultyFileError, Severity
from praxigen.datafiles.fields import Fields
from praxigen.datafiles.near import did_you_mean, near_names
from praxigen.datafiles.nodes import ListNode, MapNode, Node, TextNode, plain_values
from praxigen.datafiles.shipped import shipped
from praxigen.datafiles.strict import parse_head, parse_yaml, read_bytes, read_yaml

__all__ = [
    "Fault",
    "Faults",
    "FaultyFileError",
    "Fields",
    "ListNode",
    "MapNode",
    "Node",
    "Severity",
    "TextNode",
    "did_you_mean",
    "near_names",
    "parse_head",
    "parse_yaml",
    "plain_values",
    "read_bytes",
    "read_yaml",
    "shipped",
]
