"""Precedent: policy-as-code for the environments that software is built in."""

__version__ = "1.0.0"
