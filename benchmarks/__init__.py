"""Honest measurements of the engine beside its peers, on one equal workload."""
