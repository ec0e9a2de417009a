"""The shapes of what people write: packs, rules, waivers, configuration.

These models check the shape of every document and are the source of the schemas for editors; their
descriptions are what an editor shows. A condition is left to `engine.loading.conditions`, which
knows its grammar; here it is anything, marked with the name of that grammar's schema.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias

from pydantic import ConfigDict, Field, WithJsonSchema

from engine.loading._base import UNSET, Condition, Document
from engine.loading.graph_documents import GraphDocument
from engine.model.verdicts import CAUSES, OUTCOMES, SEVERITIES

RULE_ID = r"^[A-Za-z0-9][A-Za-z0-9._-]*$"
PACK_NAME = r"^[A-Za-z0-9][A-Za-z0-9._-]*$"
PARAMETER_NAME = r"^[A-Za-z_][A-Za-z0-9_-]*$"
DATE = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
FINGERPRINT = r"^sha256:[0-9a-f]{64}$"
POINTER = r"^/"

if TYPE_CHECKING:
    from engine.model.verdicts import Outcome, Severity

    Cause: TypeAlias = str
else:
    Outcome = Literal[OUTCOMES]
    Severity = Literal[SEVERITIES]
    Cause = Literal[tuple(CAUSES)]

Subject: TypeAlias = Literal["workstation", "repository", "container", "ci"]
Levels: TypeAlias = Annotated[Any, WithJsonSchema({"grammar": "levels"})]
JsonSchema: TypeAlias = Annotated[Any, WithJsonSchema({"type": ["object", "boolean"]})]
ParameterName: TypeAlias = Annotated[str, Field(pattern=PARAMETER_NAME)]
Values: TypeAlias = dict[str, Any]
Seconds: TypeAlias = Annotated[
    Any, WithJsonSchema({"type": "integer", "minimum": 1, "maximum": 60})
]


class ExampleDocument(Document):
    """Facts and the outcome that the rule must give for them."""

    name: str = Field(UNSET, description="What the example shows, in a few words.")
    facts: Values = Field(description="Plain facts, or a whole facts document.")
    expect: Outcome = Field(description="The outcome that the rule must give.")
    says: str = Field(UNSET, description="A text that some finding's message must contain.")
    absent: dict[Annotated[str, Field(pattern=POINTER)], AbsentDocument] = Field(
        UNSET, description="What was asked for and not learnt, by JSON pointer into the facts."
    )
    params: dict[ParameterName, Any] = Field(
        UNSET, description="Values of the pack's parameters, for this example."
    )
    today: Annotated[str, Field(pattern=DATE)] = Field(
        UNSET, description="The day on which the rule is judged."
    )


class AbsentDocument(Document):
    """Why a fact is not there."""

    reason: Cause = Field(description="The cause.")
    detail: str = Field(UNSET, description="What a person should know about it.")


class RuleDocument(Document):
    """One policy: when it applies, what it requires, what to say and do otherwise."""

    model_config = ConfigDict(
        json_schema_extra={"dependentRequired": {"where": ["for_each"], "as": ["for_each"]}}
    )

    id: Annotated[str, Field(pattern=RULE_ID)] = Field(
        description="The rule's name, unique among all loaded packs."
    )
    title: str = Field(UNSET, description="What holds when the rule passes; else the id.")
    severity: Severity = Field("medium", description="How bad a finding is.")
    tags: list[str] = Field([], description="Words to select rules by.")
    about: str = Field("", description="Why the rule exists, for people.")
    references: list[str] = Field([], description="Addresses of pages that explain more.")
    subjects: list[Subject] = Field(
        [], description="The kinds of document that it judges; else all."
    )
    when: Condition = Field(
        UNSET, description="Where this does not hold, the rule is not applicable."
    )
    for_each: Levels = Field(
        UNSET, description="Judge every element; one finding for each that fails."
    )
    as_: str = Field(UNSET, alias="as", description="The name of the element of `for_each`.")
    where: Condition = Field(UNSET, description="Only elements for which this holds are judged.")
    unless: Condition = Field(UNSET, description="Elements for which this holds are left out.")
    require: Condition = Field(description="What must hold.")
    message: str = Field(
        UNSET, description="What a finding says; `{path}` and `{param:name}` are filled in."
    )
    remedy: str = Field(UNSET, description="What to do about a finding; takes placeholders too.")
    examples: list[ExampleDocument] = Field([], description="The rule's tests and documentation.")


class ParameterDocument(Document):
    """A value that the pack leaves open."""

    about: str = Field("", description="What it is for.")
    schema_: JsonSchema = Field(True, alias="schema", description="JSON Schema of its value.")
    default: Any = Field(UNSET, description="Its value where nobody gives another.")


class SharedDocument(Document):
    """What rules of one pack share."""

    params: dict[ParameterName, ParameterDocument] = Field(
        {}, description="Values that users of the pack may set."
    )
    define: dict[str, Condition] = Field({}, description="Conditions with a name, for `use`.")
    facts: dict[str, JsonSchema] = Field({}, description="JSON Schemas of facts of your own.")


class LoneRuleDocument(RuleDocument, SharedDocument):
    """A file with one rule, and what it needs if it is no part of a pack."""


class RuleListDocument(SharedDocument):
    """A file with several rules, and what they need if they are no part of a pack."""

    rules: list[RuleDocument] = Field(description="The rules.", min_length=1)


class OverrideDocument(Document):
    """A change to a rule of an extended pack."""

    rule: str = Field(description="The rule's id.")
    because: str = Field(description="Why it is changed.", min_length=1)
    severity: Severity = Field(UNSET, description="Another severity.")
    params: dict[ParameterName, Any] = Field(
        UNSET, description="Other values of parameters, for this rule only."
    )
    disabled: bool = Field(UNSET, description="Whether it is switched off.")


class RequiresDocument(Document):
    """What the pack needs."""

    engine: str = Field(description="Versions of the engine, such as `>=1, <2`.")


class GatherDocument(Document):
    """A fact read from a file, a variable or a command, without code."""

    model_config = ConfigDict(
        json_schema_extra={
            "oneOf": [
                {
                    "required": ["file", "format"],
                    "properties": {"variable": False, "command": False},
                },
                {"required": ["variable"], "properties": {"format": False, "command": False}},
                {
                    "required": ["command", "format"],
                    "properties": {"file": False, "variable": False},
                },
            ]
        }
    )

    fact: str = Field(description="The fact's path, such as `acme.tools`.")
    file: str = Field(UNSET, description="A file to parse, never to run.")
    variable: str = Field(UNSET, description="An environment variable.")
    command: list[str] = Field(
        UNSET, description="A program and its arguments; runs only for trusted packs.", min_length=1
    )
    format: Literal["json", "yaml", "toml", "ini", "env", "text"] = Field(
        UNSET, description="How to read the file or the output."
    )
    at: str = Field(UNSET, description="The path of the value in what was read; else all.")
    pattern: str = Field(
        UNSET,
        description="For texts: a pattern, searched line by line, whose group (or match) is the "
        "value; named groups give a mapping.",
    )
    timeout: Seconds = Field(UNSET, description="How many seconds a command may take; else 10.")


class PackDocument(SharedDocument, GraphDocument):
    """`pack.yaml`: what its rules have in common, and what it changes in packs that it extends."""

    pack: Annotated[str, Field(pattern=PACK_NAME)] = Field(description="The pack's name.")
    version: str = Field(
        "0", description="The pack's version, in quotes if it looks like a number."
    )
    title: str = Field("", description="What the pack is about.")
    extends: list[str] = Field(
        [],
        description="Packs whose rules are taken over: bundled names, or paths such as `../base`.",
    )
    requires: RequiresDocument = Field(UNSET, description="What the pack needs.")
    gather: list[GatherDocument] = Field([], description="Facts of your own, without code.")
    overrides: list[OverrideDocument] = Field([], description="Changes to extended rules, by id.")


class WaiverDocument(Document):
    """A dated, reasoned decision to live with findings of a rule."""

    rule: str = Field(description="The rule's id.")
    where: Condition = Field(UNSET, description="Only findings for which this holds.")
    value: Annotated[str, Field(pattern=FINGERPRINT)] = Field(
        UNSET, description="The finding's fingerprint; the waiver lapses when the values change."
    )
    owner: str = Field(description="Who answers for it.", min_length=1)
    because: str = Field(description="Why the findings are lived with.", min_length=1)
    expires: Annotated[str, Field(pattern=DATE)] = Field(
        description="The last day (UTC) it counts."
    )


class WaiversDocument(Document):
    """A waiver file."""

    waivers: list[WaiverDocument] = Field(description="The waivers.")


class ConfigDocument(Document):
    """`engine.yaml`: what the engine uses in this folder."""

    rules: list[str] = Field([], description="Packs: bundled names, folders or rule files.")
    waivers: str = Field(UNSET, description="The waiver file.")
    params: dict[ParameterName, Any] = Field({}, description="Values of the packs' parameters.")
    fail_on: Severity = Field(UNSET, description="The least severity that fails a run.")
    strict: bool = Field(False, description="Whether an unknown verdict fails a run.")
    launches: list[str] = Field(
        [],
        description="Commands that start containers as people here do, such as `docker run -e "
        "GOFLAGS golang:1.22 go build`: each becomes a launch context.",
    )
