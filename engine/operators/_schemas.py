"""JSON Schemas made ready, and checked in full, so that judging never meets a bad one."""

from __future__ import annotations

from json import dumps
from typing import TYPE_CHECKING, Any

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import SchemaError, ValidationError, best_match
from jsonschema.validators import extend
from referencing import Registry
from referencing.exceptions import Unresolvable
from referencing.jsonschema import DRAFT202012

from engine.operators.patterns import BadPattern, compile_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from engine.model.json_value import Json, JsonObject

    Subschemas = Iterator[tuple[str, Any]]

NO_FORMATS = FormatChecker(())
"""`format` asserts nothing, and that a `pattern` is one is checked by our own dialect."""

DIALECT = "https://json-schema.org/draft/2020-12/schema"

# Where a schema holds further schemas; everything else in it is data.
IN_VALUE = (
    *("additionalProperties", "contains", "contentSchema", "else", "if", "items", "not"),
    *("propertyNames", "then", "unevaluatedItems", "unevaluatedProperties"),
)
IN_LIST = ("allOf", "anyOf", "oneOf", "prefixItems")
IN_MAPPING = ("$defs", "definitions", "dependentSchemas", "patternProperties", "properties")


class BadSchema(ValueError):  # noqa: N818 - it says what it is
    """A value is no schema that we take; the message says where in it and why."""


def validator(schema: Json) -> Any:
    """Make a schema ready, or raise `BadSchema`."""
    try:
        Draft202012Validator.check_schema(schema, NO_FORMATS)
    except SchemaError as error:
        raise BadSchema(f"at `{_pointer(error.absolute_path)}`: {error.message}") from None
    parts = list(_subschemas("", schema))
    for path, part in parts:
        _check(path, part, schema)
    keywords = [keyword for _, part in parts for keyword in part]
    if "patternProperties" in keywords and "unevaluatedProperties" in keywords:
        raise BadSchema("`unevaluatedProperties` is not offered together with `patternProperties`")
    return _Validator(schema, registry=Registry())


def violation(schema: Json, value: Json) -> str | None:
    """Say where a value first leaves a schema, and how; None if it conforms."""
    try:
        error = best_match(validator(schema).iter_errors(value))
    except BadSchema as bad:
        return str(bad)
    if error is None:
        return None
    where = f"at `{_pointer(error.absolute_path)}` " if error.absolute_path else ""
    wanted, got = dumps(error.validator_value), dumps(error.instance)
    return f"{where}`{error.validator}: {wanted[:80]}` is wanted, got `{got[:80]}`"


def _pointer(path: Any) -> str:
    return "/" + "/".join(map(str, path))


def _subschemas(path: str, schema: Json) -> Subschemas:
    """Give every schema in a schema that is a mapping, with its place."""
    if not isinstance(schema, dict):
        return
    yield path or "/", schema
    for keyword in schema:
        value = schema[keyword]
        if keyword in IN_VALUE:
            yield from _subschemas(f"{path}/{keyword}", value)
        elif keyword in IN_LIST:
            for index, child in enumerate(value):
                yield from _subschemas(f"{path}/{keyword}/{index}", child)
        elif keyword in IN_MAPPING:
            for name, child in value.items():
                yield from _subschemas(f"{path}/{keyword}/{name}", child)


def _check(path: str, part: JsonObject, whole: Json) -> None:
    if part.get("$schema", DIALECT).rstrip("#") != DIALECT:
        raise BadSchema(f"at `{path}`: `$schema` must be `{DIALECT}`")
    if "$id" in part and part is not whole:
        raise BadSchema(f"at `{path}`: `$id` is offered at the top only")
    for keyword in ("$ref", "$dynamicRef"):
        if keyword in part:
            _check_reference(path, part[keyword], whole)
    for pattern in (*part.get("patternProperties", ()), *_only(part, "pattern")):
        try:
            compile_pattern(pattern)
        except BadPattern as error:
            raise BadSchema(f"at `{path}`: the pattern `{pattern}`: {error}") from None


def _only(part: JsonObject, keyword: str) -> list[Any]:
    return [part[keyword]] if keyword in part else []


def _check_reference(path: str, reference: str, whole: Json) -> None:
    if not reference.startswith("#"):
        raise BadSchema(f"at `{path}`: `{reference}` leads out of the schema; put it under `$defs`")
    resource = DRAFT202012.create_resource(whole)
    try:
        Registry().resolver_with_root(resource).lookup(reference)
    except Unresolvable:
        raise BadSchema(f"at `{path}`: `{reference}` leads nowhere") from None


# The keywords that search with patterns, so that all of them search with ours.


def _pattern(_: Any, pattern: str, value: Json, _schema: Json) -> Iterator[ValidationError]:
    if isinstance(value, str) and not compile_pattern(pattern).search(value):
        yield ValidationError("does not match")


def _pattern_properties(
    checker: Any, patterns: Mapping[str, Json], value: Json, _schema: Json
) -> Iterator[ValidationError]:
    if not isinstance(value, dict):
        return
    for pattern, schema in patterns.items():
        search = compile_pattern(pattern).search
        for key in filter(search, value):
            yield from checker.descend(value[key], schema, path=key, schema_path=pattern)


def _additional_properties(
    checker: Any, schema: Json, value: Json, parent: JsonObject
) -> Iterator[ValidationError]:
    if not isinstance(value, dict):
        return
    declared = parent.get("properties", {})
    patterns = [compile_pattern(pattern) for pattern in parent.get("patternProperties", {})]
    for key, child in value.items():
        if key in declared or any(pattern.search(key) for pattern in patterns):
            continue
        if schema is False:
            yield ValidationError("not allowed", path=(key,), instance=child)
        else:
            yield from checker.descend(child, schema, path=key)


_Validator = extend(  # type: ignore[no-untyped-call]
    Draft202012Validator,
    {
        "pattern": _pattern,
        "patternProperties": _pattern_properties,
        "additionalProperties": _additional_properties,
    },
)
