"""Pipelines of GitHub and GitLab: what the files say of steps, jobs and their variables."""
