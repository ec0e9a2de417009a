"""`Program` and facts to verdicts: Kleene logic, evidence, waivers."""
