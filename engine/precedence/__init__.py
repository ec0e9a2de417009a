"""Launch contexts: what the environment of a process is, and who made it so.

A process inherits an environment, then reads its sources in an order. The sources are small
programs; folding them gives the effective value of each variable with its whole chain.
"""
