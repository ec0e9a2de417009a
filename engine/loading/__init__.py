"""Bytes to model: packs, waivers, configuration and facts, each with errors that point."""
