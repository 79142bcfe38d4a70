"""Scores the reader and the engine on labelled notes."""

from praxigen.evaluation.run import Row, evaluate_files, evaluate_rows
from praxigen.evaluation.score import Scores, score
from praxigen.evaluation.table import as_json, as_text

__all__ = ["Row", "Scores", "as_json", "as_text", "evaluate_files", "evaluate_rows", "score"]
