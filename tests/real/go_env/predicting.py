"""What the engine predicts of `go env -json`: the one place where the comparison meets it."""

from __future__ import annotations


def predict(environment, directory):
    """Say what `go env -json` prints, run in a folder with exactly these variables.

    The `go` that would run is the first one on the PATH of `environment`; what it reads is on the
    disk when this is called, and not changed by it.

    Gives a mapping with a text for each key that go prints:

    * a value of None means that it is not known;
    * a key that is not there claims that go prints no such key;
    * the key `error` claims that go fails and prints nothing: its value is the reason, or None
      where it may fail or not, and that is not known.

    None in place of the mapping means that nothing is known.
    """
    raise NotImplementedError
