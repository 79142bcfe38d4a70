"""Scores the reader and the engine on labelled notes."""

from praxigen.evaluation.labels import Label
from praxigen.evaluation.run import Row, evaluate_files, evaluate_rows, lost_quotes
from praxigen.evaluation.score import Scores, score
from praxigen.evaluation.table import as_json, as_text

__all__ = ["Label", "Row", "Scores", "as_json", "as_text", "evaluate_files", "evaluate_rows", "lost_quotes", "score"]
