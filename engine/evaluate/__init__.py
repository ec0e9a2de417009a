"""`Program` and facts to verdicts: Kleene logic, evidence, waivers."""

from engine.evaluate.run import evaluate, evaluate_many

__all__ = ["evaluate", "evaluate_many"]
