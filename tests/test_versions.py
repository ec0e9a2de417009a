from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.version import Version

from engine.operators import OPERATORS
from engine.versions import LONGEST, SCHEMES, version_key

NUMBERS = st.integers(0, 12).map(str)
NAMES = st.sampled_from(["alpha", "beta", "rc", "0", "1", "10", "2", "x-y", "-"])


def joined(*parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(*parts).map("".join)


def maybe(part: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.just("") | part


DOT = st.just(".")
PRE = joined(st.sampled_from(["rc", "beta", "alpha"]), maybe(NUMBERS))
GO = joined(
    st.sampled_from(["", "go"]),
    st.sampled_from(["1", "1", "2"]),
    maybe(joined(DOT, st.integers(18, 23).map(str), maybe(PRE | joined(DOT, NUMBERS)))),
)
SEMVER = joined(
    st.sampled_from(["", "v"]),
    *(NUMBERS, DOT, NUMBERS, DOT, NUMBERS),
    maybe(st.lists(NAMES, min_size=1, max_size=3).map(lambda names: "-" + ".".join(names))),
    maybe(st.just("+build.7")),
)
PYTHON = "1 1.0 1.0.0 1.0.dev1 1.0a1 1.0a1.dev2 1.0b2 1.0rc1 1.0c1 1.0.post1 1.0.post1.dev3 1.0-1"
PEP440 = st.sampled_from([*PYTHON.split(), "1.0+local.1", "1.0+local", "1!0.5", "2.0", "v1.0"])
VERSIONS = {"go": GO, "pep440": PEP440, "semver": SEMVER}
AS_SCHEMES = pytest.mark.parametrize("scheme", SCHEMES)


def test_every_scheme_has_versions_to_try() -> None:
    assert VERSIONS.keys() == SCHEMES.keys()


@AS_SCHEMES
@given(data=st.data())
def test_every_scheme_is_a_total_order(scheme: str, data: Any) -> None:
    keys = [version_key(data.draw(VERSIONS[scheme]), scheme) for _ in range(3)]
    assert None not in keys
    one, two, three = keys
    assert (one < two) + (one == two) + (one > two) == 1
    assert not (one <= two <= three) or one <= three


@AS_SCHEMES
@given(data=st.data())
def test_the_four_operators_and_ranges_tell_the_same(scheme: str, data: Any) -> None:
    one, two = data.draw(VERSIONS[scheme]), data.draw(VERSIONS[scheme])
    signs = {"less_than": "<", "at_most": "<=", "more_than": ">", "at_least": ">="}
    answers = {name: OPERATORS[name].holds(one, two, scheme) for name in signs}
    assert answers["less_than"] is not answers["at_least"]
    assert answers["more_than"] is not answers["at_most"]
    for name, sign in signs.items():
        assert OPERATORS["version"].holds(one, f"{sign}{two}", scheme) is answers[name]
    same = answers["at_least"] and answers["at_most"]
    assert OPERATORS["version"].holds(one, f"={two}", scheme) is same
    assert OPERATORS["version"].holds(one, f"!={two}", scheme) is not same


IN_ORDER = {
    "go": "1 1.19 1.20rc1 1.20 1.20.1 1.21 1.21rc2 1.21.0 1.21.10 1.22 1.22beta1 1.22rc1 1.22rc10"
    " 1.22.0 1.22.1 2",
    "semver": "1.0.0-alpha 1.0.0-alpha.1 1.0.0-alpha.beta 1.0.0-beta 1.0.0-beta.2 1.0.0-beta.11"
    " 1.0.0-rc.1 1.0.0 1.9.0 1.10.0 2.0.0",
    "pep440": "1.0.dev456 1.0a1 1.0a2.dev456 1.0a12 1.0b1.dev456 1.0b2 1.0rc1 1.0 1.0+abc.5 1.0+5"
    " 1.0.post456 1.1.dev1 1!0.1",
}


@AS_SCHEMES
def test_the_order_is_that_of_the_scheme(scheme: str) -> None:
    keys = [version_key(text, scheme) for text in IN_ORDER[scheme].split()]
    assert None not in keys
    assert sorted(keys) == keys
    assert all(one < other for one, other in pairwise(keys))


@pytest.mark.parametrize(
    ("one", "two", "scheme"),
    [
        ("1.20", "go1.20.0", "go"),
        ("go1.22.1-acme", "1.22.1", "go"),
        ("go1.22.1 X:boringcrypto", "1.22.1", "go"),
        ("1", "1.0.0", "go"),
        ("1.2.3+linux", "v1.2.3", "semver"),
        ("1.0", "v1.0.0", "pep440"),
    ],
)
def test_two_spellings_of_one_version_are_equal(one: str, two: str, scheme: str) -> None:
    assert version_key(one, scheme) == version_key(two, scheme)


@pytest.mark.parametrize(
    ("text", "scheme"),
    [
        *(
            (text, "go")
            for text in ["", "go", "devel", "1.", "1.022", "1.22.1rc1", "1.22.x", "v1.22"]
        ),
        *(
            (text, "go")
            for text in ["1.22.1-acme", "1.22.1+auto", "go1.22.1+auto", "go 1.22", "\u0661.22"]
        ),
        *(
            (text, "semver")
            for text in ["1", "1.2", "1.02.3", "1.2.3-", "1.2.3-01", "1.2.3+", "vv1.2.3"]
        ),
        *((text, "semver") for text in ["1.2.3\n", " 1.2.3", "1.2.3-ä"]),
        *((text, "pep440") for text in ["", "1.x", "one"]),
        *(("1." * LONGEST + "1", scheme) for scheme in SCHEMES),
    ],
)
def test_what_the_scheme_does_not_know_is_no_version(text: str, scheme: str) -> None:
    assert version_key(text, scheme) is None


@given(PEP440, PEP440)
def test_versions_of_python_are_ordered_as_packaging_does(one: str, two: str) -> None:
    assert (version_key(one, "pep440") < version_key(two, "pep440")) is (
        Version(one) < Version(two)
    )
