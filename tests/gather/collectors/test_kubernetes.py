from __future__ import annotations

import base64

import pytest

TOP = "/home/dana/shop"
HIDDEN = "hunter2"


@pytest.fixture
def kubernetes_of(survey_of):
    def make(files, **more):
        given = files if isinstance(files, dict) else {"deploy.yaml": files}
        files = {f"{TOP}/{name}": content for name, content in given.items()}
        document, _ = survey_of(files, only=("kubernetes",), **more)
        assert HIDDEN not in str(document)
        return document["facts"].get("kubernetes"), document["absent"]

    return make


def pod(container, *more, kind="Pod", spec=""):
    lines = [
        *("apiVersion: v1", f"kind: {kind}", "metadata: {name: shop}", "spec:"),
        *([f"  {spec}"] if spec else []),
        *("  containers:", "  - name: app"),
        *(f"    {line}" for line in container.strip("\n").split("\n")),
    ]
    return "\n---\n".join(["\n".join(lines) + "\n", *more])


CONFIG = """\
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data:
  GOFLAGS: -mod=mod
  PORT: "80"
"""
SECRET = f"""\
apiVersion: v1
kind: Secret
metadata: {{name: keys}}
data: {{TOKEN: {base64.b64encode(HIDDEN.encode()).decode()}}}
stringData: {{OTHER: {HIDDEN}}}
"""


def values(rows):
    return {row["name"]: row.get("value", row.get("parts")) for row in rows}


def env_of(kubernetes_of, container, *more, **pod_more):
    found, absent = kubernetes_of(pod(container, *more, **pod_more))
    return found["containers"][0], absent


def test_a_container_is_told_with_its_place(kubernetes_of):
    found, _ = kubernetes_of(
        {
            "k8s/shop.yaml": """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop, namespace: prod}
spec:
  template:
    spec:
      securityContext: {runAsUser: 1000}
      enableServiceLinks: false
      containers:
      - name: app
        image: shop:1.4
        workingDir: /srv
        command: [serve]
        args: ["--port", "$(PORT)"]
        env:
        - {name: PORT, value: "80"}
"""
        }
    )
    path = f"{TOP}/k8s/shop.yaml"
    assert found == {
        "files": [{"file": path, "state": "read"}],
        "containers": [
            {
                "id": "deployment/shop/app",
                "file": path,
                "line": 10,
                "kind": "Deployment",
                "namespace": "prod",
                "workload": "shop",
                "container": "app",
                "init": False,
                "image": "shop:1.4",
                "env_from": [],
                "env": [{"name": "PORT", "how": "set", "value": "80", "file": path, "line": 16}],
                "service_links": False,
                "variables_by_services": [],
                "command": ["serve"],
                "args": ["--port", "80"],
                "working_dir": "/srv",
                "run_as_user": 1000,
            }
        ],
    }


@pytest.mark.parametrize(
    ("version", "kind", "above"),
    [
        ("apps/v1", "Deployment", "template"),
        ("apps/v1", "StatefulSet", "template"),
        ("apps/v1", "DaemonSet", "template"),
        ("apps/v1", "ReplicaSet", "template"),
        ("v1", "ReplicationController", "template"),
        ("extensions/v1beta1", "Deployment", "template"),
        ("batch/v1", "Job", "template"),
        ("batch/v1", "CronJob", "jobTemplate: {spec: {template"),
    ],
)
def test_all_workloads_make_pods(kubernetes_of, version, kind, above):
    end = "}" * above.count("{")
    found, _ = kubernetes_of(
        f"apiVersion: {version}\nkind: {kind}\nmetadata: {{name: shop}}\n"
        f"spec: {{{above}: {{spec: {{initContainers: [{{name: a}}], containers: [{{name: b}}]}}}}"
        f"{end}}}\n"
    )
    assert [(row["id"], row["init"]) for row in found["containers"]] == [
        (f"{kind.lower()}/shop/a", True),
        (f"{kind.lower()}/shop/b", False),
    ]


def test_kinds_of_others_are_no_workloads(kubernetes_of):
    found, _ = kubernetes_of(
        "apiVersion: batch.volcano.sh/v1\nkind: Job\nspec: {template: {spec: {containers: [{}]}}}\n"
    )
    assert found["containers"] == []


def test_lists_and_documents_hold_objects(kubernetes_of):
    pods = "".join(
        f"- {{apiVersion: v1, kind: Pod, metadata: {{name: {name}}}, "
        "spec: {containers: [{name: a}]}}\n"
        for name in ("one", "two", "one")
    )
    rest = f"---\n---\n{pod('image: x')}"
    found, _ = kubernetes_of(f"apiVersion: v1\nkind: List\nitems:\n{pods}{rest}")
    assert [row["id"] for row in found["containers"]] == [
        "pod/one/a",
        "pod/two/a",
        "pod/one/a (deploy.yaml)",
        "pod/shop/app",
    ]


def test_env_counts_after_env_from_and_names_what_was_set_before(kubernetes_of):
    row, _ = env_of(
        kubernetes_of,
        """
envFrom:
- configMapRef: {name: settings}
- prefix: S_
  configMapRef: {name: settings}
env:
- {name: ADDRESS, value: "host:$(PORT)-$(LATER)-$$(PORT)-$(S_GOFLAGS)"}
- {name: PORT, value: "81"}
- {name: AGAIN, value: $(PORT)}
- {name: LATER, value: x}
- {name: OWN, value: "$(PATH)"}
""",
        CONFIG,
    )
    assert values(row["env_from"]) == {
        "GOFLAGS": "-mod=mod",
        "PORT": "80",
        "S_GOFLAGS": "-mod=mod",
        "S_PORT": "80",
    }
    assert row["env_from"][0]["line"] == 23
    assert values(row["env"]) == {
        "ADDRESS": "host:80-$(LATER)-$(PORT)--mod=mod",
        "PORT": "81",
        "AGAIN": "81",
        "LATER": "x",
        "OWN": "$(PATH)",
    }


def test_a_secret_is_hidden_wherever_it_goes(kubernetes_of):
    row, _ = env_of(
        kubernetes_of,
        """
command: [serve, "--key=$(TOKEN)"]
envFrom:
- secretRef: {name: keys}
env:
- {name: KEY, valueFrom: {secretKeyRef: {name: keys, key: OTHER}}}
- {name: URL, value: "x-$(KEY)"}
""",
        SECRET,
    )
    hidden = [*values(row["env_from"]).values(), *values(row["env"]).values(), row["command"][1]]
    assert ["$redacted" in value for value in hidden] == [True] * 5
    assert row["env_from"][0]["value"] == row["env_from"][1]["value"]  # the one is decoded


@pytest.mark.parametrize(
    ("value", "cause"),
    [
        ("value: 1", "parse_error"),
        ("value: yes", "parse_error"),
        ("value: [a]", "parse_error"),
        ("value: '{{ .Values.x }}'", "opaque"),
        ("value: a, value: b", "ambiguous"),
        ("valueFrom: {configMapKeyRef: {name: nowhere, key: a}}", "not_collected"),
        ("valueFrom: {configMapKeyRef: {name: settings, key: a}}", "missing"),
        ("valueFrom: {configMapKeyRef: {name: settings}}", "parse_error"),
        ("valueFrom: {configMapKeyRef: {key: a}}", "parse_error"),
        ("valueFrom: {fieldRef: {fieldPath: status.podIP}}", "opaque"),
        ("valueFrom: {fieldRef: {fieldPath: metadata.namespace}}", "opaque"),
        ("valueFrom: {resourceFieldRef: {resource: limits.cpu}}", "opaque"),
        ("valueFrom: {fileKeyRef: {volumeName: a, path: b, key: c}}", "opaque"),
        ("valueFrom: []", "opaque"),
    ],
)
def test_a_value_that_the_manifest_does_not_say_is_a_hole(kubernetes_of, value, cause):
    row, absent = env_of(kubernetes_of, f"env:\n- {{name: A, {value}}}", CONFIG)
    assert "value" not in row["env"][0]
    assert absent["/kubernetes/containers/0/env/0/value"]["reason"] == cause


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("value: null", ""),
        ("value: ", ""),
        ("value: 1:30", "1:30"),
        ("valueFrom: {fieldRef: {fieldPath: metadata.name}}", "shop"),
        ("valueFrom: {configMapKeyRef: {name: settings, key: PORT}}", "80"),
        ("value: '', valueFrom: {configMapKeyRef: {name: settings, key: PORT}}", "80"),
        ("value: x, valueFrom: {configMapKeyRef: {name: settings, key: PORT}}", "x"),
    ],
)
def test_a_value_that_the_manifest_says_is_told(kubernetes_of, value, told):
    row, _ = env_of(kubernetes_of, f"env:\n- {{name: A, {value}}}", CONFIG)
    assert row["env"][0]["value"] == told


def test_an_optional_key_that_is_not_there_leaves_what_was_set(kubernetes_of):
    row, _ = env_of(
        kubernetes_of,
        """
env:
- {name: A, value: a}
- {name: A, valueFrom: {configMapKeyRef: {name: settings, key: none, optional: true}}}
- {name: B, value: $(A)}
""",
        CONFIG,
    )
    assert [(each["name"], each["value"]) for each in row["env"]] == [("A", "a"), ("B", "a")]


@pytest.mark.parametrize(
    "other",
    [
        "",
        CONFIG + "---\n" + CONFIG,
        CONFIG.replace("settings", "settings, namespace: x"),
    ],
    ids=["nowhere", "twice", "in another namespace"],
)
def test_a_config_map_that_may_be_another_one_leaves_everything_open(kubernetes_of, other):
    row, absent = env_of(
        kubernetes_of,
        """
envFrom:
- configMapRef: {name: settings}
env:
- {name: PORT, value: "80"}
- {name: A, value: "$(PORT)"}
- {name: B, value: "$(GOFLAGS)"}
""",
        *([other] if other else []),
    )
    assert "/kubernetes/containers/0/env_from/-" in absent
    assert values(row["env"]) == {"PORT": "80", "A": "80", "B": None}
    assert "may come from elsewhere" in absent["/kubernetes/containers/0/env/2/value"]["detail"]


def test_what_was_known_before_an_unknown_config_map_is_not_known_after(kubernetes_of):
    row, _ = env_of(
        kubernetes_of,
        """
envFrom:
- configMapRef: {name: settings}
- configMapRef: {name: nowhere, optional: true}
env:
- {name: A, value: "$(PORT)"}
""",
        CONFIG,
    )
    assert values(row["env"]) == {"A": None}


def test_names_are_known_only_where_all_versions_take_them(kubernetes_of):
    row, absent = env_of(
        kubernetes_of,
        "envFrom: [{configMapRef: {name: settings}}]\nenv: [{name: 1x, value: a}, {name: 'a=b'}]",
        CONFIG + "  1digit: a\n  ..dots: a\n  a.b-c: ok\n",
    )
    hidden = [one for one in row["env_from"] if not isinstance(one["name"], str)]
    assert [(set(one["name"]), one.get("value")) for one in hidden] == [({"$redacted"}, None)] * 2
    assert ("a.b-c", "ok") in [(one["name"], one.get("value")) for one in row["env_from"]]
    assert absent["/kubernetes/containers/0/env/0/value"]["reason"] == "unsupported"
    assert absent["/kubernetes/containers/0/env/-"]["reason"] == "parse_error"


def test_a_service_may_provide_what_nothing_else_does(kubernetes_of):
    service = "apiVersion: v1\nkind: Service\nmetadata: {name: my-db}\n"
    row, absent = env_of(
        kubernetes_of,
        """
args: ["$(DB_SERVICE_HOST)"]
env:
- {name: A, value: "x:$(DB_SERVICE_HOST)"}
""",
        service + "spec: {ports: [{port: 80, name: web-a}, {port: 53, protocol: UDP}]}\n",
        service.replace("my-db", "headless") + "spec: {clusterIP: None, ports: [{port: 1}]}\n",
        service.replace("my-db", "named") + "spec: {type: ExternalName, externalName: x}\n",
    )
    reference = {"variable": "DB_SERVICE_HOST", "of": "services", "else": ["$(DB_SERVICE_HOST)"]}
    assert row["env"][0]["parts"] == ["x:", reference]
    assert "args" not in row
    assert row["variables_by_services"] == [
        *("MY_DB_SERVICE_HOST", "MY_DB_SERVICE_PORT", "MY_DB_SERVICE_PORT_WEB_A", "MY_DB_PORT"),
        *(f"MY_DB_PORT_80_TCP{end}" for end in ("", "_PROTO", "_PORT", "_ADDR")),
        *(f"MY_DB_PORT_53_UDP{end}" for end in ("", "_PROTO", "_PORT", "_ADDR")),
    ]
    assert "/kubernetes/containers/0/variables_by_services/-" in absent


def test_without_service_links_only_the_api_server_provides_any(kubernetes_of):
    row, _ = env_of(
        kubernetes_of,
        """
env:
- {name: A, value: "$(DB_SERVICE_HOST)"}
- {name: B, value: "$(KUBERNETES_SERVICE_HOST)"}
""",
        spec="enableServiceLinks: false",
    )
    assert row["env"][0]["value"] == "$(DB_SERVICE_HOST)"
    assert row["env"][1]["parts"][0]["variable"] == "KUBERNETES_SERVICE_HOST"


@pytest.mark.parametrize(
    "container",
    [
        *("env: x", "env: {a: b}", "env: [x]", "env: [[x]]", "env: [{}]", "envFrom: [{}]"),
        *("envFrom: x", "envFrom: [{configMapRef: x}]", "envFrom: [{configMapRef: {name: [a]}}]"),
        *("command: x", "command: [[x]]", "command: [1]", "image: [x]", "securityContext: x"),
        *("env: [{name: [x]}]", "env: [{name: A, valueFrom: {configMapKeyRef: x}}]"),
    ],
)
def test_what_has_another_type_is_no_mistake_of_ours(kubernetes_of, container):
    found, _ = kubernetes_of(pod(container, CONFIG))
    assert [row["id"] for row in found["containers"]] == ["pod/shop/app"]


def test_values_that_double_with_each_line_are_bounded(kubernetes_of):
    lines = "\n".join(f"- {{name: A{n}, value: $(A{n - 1})$(A{n - 1})}}" for n in range(1, 60))
    row, absent = env_of(kubernetes_of, f"env:\n- {{name: A0, value: xxxxxxxx}}\n{lines}")
    assert len(row["env"]) == 60
    assert "value" not in row["env"][59]
    assert absent["/kubernetes/containers/0/env/59/value"]["reason"] == "too_large"
