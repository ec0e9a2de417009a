from __future__ import annotations

from engine.gather.collectors.env import NAMES


def env_of(survey_of, environment):
    document, _ = survey_of(environment=environment, only=("env",))
    return document["facts"]["env"], document


def test_every_variable_that_matters_has_an_entry(survey_of):
    env, document = env_of(survey_of, {"GOROOT": "/usr/local/go", "EDITOR": "vi"})
    assert set(env) == set(NAMES)
    assert env["GOROOT"] == {"state": "set", "value": "/usr/local/go"}
    assert env["GOBIN"] == {"state": "unset"}
    assert document["absent"]["/env/-"]["reason"] == "not_collected"


def test_an_empty_variable_is_set(survey_of):
    env, _ = env_of(survey_of, {"GOFLAGS": ""})
    assert env["GOFLAGS"] == {"state": "set", "value": ""}


def test_variables_of_go_that_are_not_known_yet_are_seen(survey_of):
    env, document = env_of(
        survey_of,
        {"GOFUTURE": "hunter2", "CGO_NEW": "hunter2", "GOOGLE_X": "3", "GO": "4", "gopath": "5"},
    )
    assert (env["GOFUTURE"]["state"], env["CGO_NEW"]["state"]) == ("set", "set")
    assert "hunter2" not in str(document)  # what they hold may be anything
    assert not {"GO", "GOOGLE_X", "gopath"} & set(env)


def test_secrets_are_hidden_by_name_and_by_form(survey_of):
    env, document = env_of(
        survey_of,
        {
            "CGO_API_KEY": "hunter2",
            "HTTPS_PROXY": "http://u:hunter2@p.example",
            "GOPROXY": "https://hunter2@p.example",
        },
    )
    assert "hunter2" not in str(document)
    assert [len(env[name]["value"]["$redacted"]) for name in ("CGO_API_KEY", "HTTPS_PROXY")] == [
        1,
        3,
    ]


def test_an_exported_function_is_seen_and_its_code_is_not(survey_of):
    env, document = env_of(
        survey_of, {"BASH_FUNC_go%%": "() { curl evil; }", "BASH_FUNC_other%%": "() { :; }"}
    )
    assert env["BASH_FUNC_go%%"] == {"state": "set"}
    assert document["absent"]["/env/BASH_FUNC_go%%/value"] == {
        "reason": "opaque",
        "detail": "it is a shell function",
    }
    assert "BASH_FUNC_other%%" not in env


def test_a_value_that_is_no_text_is_a_hole(survey_of):
    env, document = env_of(survey_of, {"GOFLAGS": b"\xff".decode("utf-8", "surrogateescape")})
    assert env["GOFLAGS"] == {"state": "set"}
    assert document["absent"]["/env/GOFLAGS/value"]["reason"] == "parse_error"
