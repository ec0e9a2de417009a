"""Kubernetes manifests: the objects that they hold, and the environments that containers get."""
