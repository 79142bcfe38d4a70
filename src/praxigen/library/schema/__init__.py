"""The JSON Schemas of the library's files, so that an editor checks them while somebody types.

They say what a single file can be told by its shape: keys, types, words from closed lists, the look of codes, dates and
limits. What one place says of another (a source that is not there, a part that uses itself) only the loader knows. A
test holds both together: neither may refuse what the other accepts within that.
"""

from praxigen.library.schema.kinds import SCHEMA_KINDS, schema_of

__all__ = ["SCHEMA_KINDS", "schema_of"]
