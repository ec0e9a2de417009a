"""What can be said of a facts document without any rule: types, names, pointers, versions."""

from __future__ import annotations

import json
from itertools import islice

from engine.compile.schema import FORMS, VERSIONS, FactsSchema
from engine.compile.violations import Misfit, is_redacted, unknown_name, violations
from engine.errors import Complaint, FactsError
from engine.loading.facts import SCHEMA, facts_from, read_facts
from engine.loading.json_places import place_of, repeated_key, spots
from engine.model.place import Place
from engine.operators import OPERATORS
from engine.resources import bundled

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from engine.compile.violations import Steps
    from engine.model.json_value import Json, JsonObject

MOST = 50
"""How many complaints there are about one document."""
_LONGEST = 200

# Who reads values of a form: so we say what a rule would meet.
_READERS = dict.fromkeys(VERSIONS, "less_than") | {"date-time": "before"}


def lint_facts(content: bytes, name: str, packs: Sequence[JsonObject] = ()) -> list[Complaint]:
    """Give what is questionable in a document, in the order in which it stands there.

    `packs` are the facts that packs declare. Raises FactsError, with lines and columns, if the
    document cannot be judged at all.
    """
    schema = document_schema()
    text = _require_readable(content, name, schema)
    linting = Linting(json.loads(text), schema, packs)
    return linting.complaints(linting.misfits(), text, name)


def require_conforming(content: bytes, name: str) -> None:
    """Raise what in a document is not of the type, or out of the words, that its schema says."""
    schema = document_schema()
    text = _require_readable(content, name, schema)
    linting = Linting(json.loads(text), schema)
    found = linting.complaints(linting.violations(), text, name)
    if found:
        raise FactsError(found)


def document_schema() -> JsonObject:
    """Give the schema of facts documents, as it is committed."""
    path = bundled("schemas") / "facts.schema.json"
    schema: JsonObject = json.loads(path.read_text(encoding="utf-8"))
    return schema


def why_unreadable(value: Json, schema: JsonObject) -> str | None:
    """Say why a text is nothing that operators can read as its declared form."""
    form = FORMS.get(schema.get("format", ""), "")
    if not isinstance(value, str) or form not in _READERS:
        return None
    return getattr(OPERATORS[_READERS[form]].actual.read(value, form), "why", None)


class Linting:
    """One document, looked at from all sides."""

    def __init__(
        self, document: JsonObject, schema: JsonObject, packs: Sequence[JsonObject] = ()
    ) -> None:
        """Take a document that is JSON; one without an envelope is taken whole as facts."""
        written_to = document.get("schema")
        self._has_envelope = isinstance(written_to, str) and written_to.startswith("precedent/")
        whole: JsonObject = {"schema": SCHEMA, "facts": document}
        self._document = document if self._has_envelope else whole
        self._schema = schema
        self._packs = packs
        facts = schema["properties"]["facts"] | {"$defs": schema.get("$defs", {})}
        self._declared = FactsSchema(facts, packs)

    def misfits(self) -> Iterator[Misfit]:
        """Give everything that is questionable."""
        if self._lacks_envelope():
            what = "without `schema`, `facts` is taken for the name of a fact"
            advice = f'write `"schema": "{SCHEMA}"` beside it'
            yield Misfit(("facts", "facts"), what, advice, of_key=True)
            return
        yield from self.violations()
        yield from self._values(self._document["facts"], self._top(), ("facts",))
        yield from self._pointers("provenance")
        yield from self._pointers("absent")

    def _lacks_envelope(self) -> bool:
        """Say whether somebody forgot the one key that tells a document from bare facts."""
        facts = self._document.get("facts")
        is_bare = not self._has_envelope and "facts" not in self._declared.top
        return is_bare and isinstance(facts, dict) and isinstance(facts.get("facts"), dict)

    def violations(self) -> Iterator[Misfit]:
        """Give what does not have the type, or is none of the words, that the schema says."""
        yield from violations(self._schema, self._document)
        facts: Json = self._document.get("facts")
        for declared in self._packs if isinstance(facts, dict) else ():
            for name in declared.keys() & facts.keys():
                yield from violations(declared[name], facts[name], ("facts", name))

    def no_pointers(self) -> Iterator[Misfit]:
        """Give the keys that should be JSON pointers and are none."""
        for section in ("provenance", "absent"):
            entries = self._document.get(section)
            for written in entries if isinstance(entries, dict) else ():
                if written and not written.startswith("/"):
                    advice = "a JSON pointer starts with `/`"
                    yield Misfit((section, written), "it is no JSON pointer", advice, of_key=True)

    def complaints(self, misfits: Iterable[Misfit], text: str, name: str) -> list[Complaint]:
        """Give misfits with their lines and columns, in the order of these."""
        first = list(islice(misfits, MOST + 1))
        # What several packs declare is said once.
        found = {(self._own(each.steps), each.what): each for each in first[:MOST]}
        where = spots(text, (steps for steps, _ in found))
        placed = []
        for (steps, what), misfit in found.items():
            spot = where[steps]
            offset = spot.value if spot.key is None or not misfit.of_key else spot.key
            shown = f"`{_shortened(pointer(steps))}`" if steps else "the document"
            place = place_of(text, offset, name)
            placed.append((offset, Complaint(f"{shown}: {what}", place, misfit.advice)))
        told = [complaint for _, complaint in sorted(placed, key=lambda pair: pair[0])]
        if len(first) > MOST:
            told.append(Complaint("there is more to mend than this", Place(name)))
        return told

    def _own(self, steps: Steps) -> Steps:
        """Give steps as they lead through the document that was written."""
        return steps if self._has_envelope else steps[1:]

    def _top(self) -> JsonObject:
        return {"properties": self._declared.top}

    def _values(self, value: Json, schema: Json, steps: Steps) -> Iterator[Misfit]:
        """Look at names and versions; a value of another type than declared is a misfit anyway."""
        schema = self._declared.resolved(schema)
        if not isinstance(schema, dict) or is_redacted(value):
            return
        if isinstance(value, dict):
            for key, child in value.items():
                inner = self._declared.inside(schema, key)
                if inner is not None:
                    yield from self._values(child, inner, (*steps, key))
                elif _lists_its_keys(schema):
                    yield unknown_name(key, schema["properties"], (*steps, key))
        elif isinstance(value, list):
            for index, child in enumerate(value):
                yield from self._values(child, schema.get("items"), (*steps, index))
        else:
            why = why_unreadable(value, schema)
            # What a collector found on the machine is what stands there, well written or not.
            if why is not None and not self._is_gathered(steps[1:]):
                yield Misfit(steps, why, "rules that compare it will be unknown")

    def _is_gathered(self, steps: Steps) -> bool:
        provenance: Mapping[str, JsonObject] = self._document.get("provenance", {})
        ways = (steps[:length] for length in range(len(steps) + 1))
        return any("collector" in provenance.get(pointer(way), {}) for way in ways)

    def _pointers(self, section: str) -> Iterator[Misfit]:
        """Look where the pointers of a section lead, in the facts and in what is declared."""
        for written in self._document.get(section, {}):
            at = (section, written)
            steps = [part.replace("~1", "/").replace("~0", "~") for part in written.split("/")[1:]]
            unknown = self._undeclared(steps, at)
            there = _leads_somewhere(self._document["facts"], steps)
            if unknown is not None:
                yield unknown
            elif section == "provenance" and not there:
                yield Misfit(at, "no fact stands there", "remove it", of_key=True)
            elif section == "absent" and there and steps and steps[-1] != "-":
                what = "a fact stands there, and counts as not known"
                yield Misfit(at, what, "remove the one or the other", of_key=True)

    def _undeclared(self, steps: Sequence[str], at: Steps) -> Misfit | None:
        """Give the first name in a pointer that nobody declares."""
        schema: Json = self._top()
        for step in steps:
            schema = self._declared.resolved(schema)
            if not isinstance(schema, dict) or step == "-":
                return None
            inner = schema["items"] if "items" in schema else self._declared.inside(schema, step)
            if inner is None:
                known = schema.get("properties", {})
                return unknown_name(step, known, at) if _lists_its_keys(schema) else None
            schema = inner
        return None


def pointer(steps: Sequence[str | int]) -> str:
    """Give a JSON pointer (RFC 6901)."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in steps)


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 3] + "..."


def _require_readable(content: bytes, name: str, schema: JsonObject) -> str:
    """Give a document's text, or raise why it cannot be judged, with the place of each reason."""
    try:
        read_facts(content, name)
    except FactsError as error:
        raise FactsError(_located(content, name, schema) or error.complaints) from None
    return content.decode("utf-8-sig")


def _located(content: bytes, name: str, schema: JsonObject) -> Sequence[Complaint]:
    """Say with lines, which the loader lacks, why it refuses a document; nothing if unseen."""
    try:
        text = content.decode("utf-8-sig")
        document = json.loads(text)
    except (ValueError, RecursionError):
        return ()
    repeated = repeated_key(text)
    if repeated is not None:
        what = f"the key `{_shortened(repeated[0])}` stands twice in one mapping"
        return [Complaint(what, place_of(text, repeated[1], name))]
    if not isinstance(document, dict) or _is_in_good_form(document):
        return ()
    linting = Linting(document, _of_envelopes(schema))
    misfits = [*linting.violations(), *linting.no_pointers()]
    return linting.complaints(misfits, text, name)


def _is_in_good_form(document: JsonObject) -> bool:
    """Say whether a document that is refused as a text would be taken as the values it holds."""
    try:
        facts_from(document, "")
    except FactsError:
        return False
    return True


def _of_envelopes(schema: JsonObject) -> JsonObject:
    """Give the schema of documents without that of facts: a wrong fact is no reason to refuse."""
    facts = {"facts": {"type": "object", "properties": {}}}
    return schema | {"properties": schema["properties"] | facts}


def _lists_its_keys(schema: JsonObject) -> bool:
    """Say whether a schema of a mapping tells all the keys that there may be."""
    is_open = schema.get("additionalProperties", False) is not False
    return "properties" in schema and not is_open and "patternProperties" not in schema


def _leads_somewhere(value: Json, steps: Sequence[str]) -> bool:
    for step in steps:
        if isinstance(value, dict) and step in value:
            value = value[step]
        elif isinstance(value, list) and _is_index(step, len(value)):
            value = value[int(step)]
        else:
            return False
    return True


def _is_index(step: str, length: int) -> bool:
    # Python refuses to read numbers of thousands of digits.
    return step.isdecimal() and len(step) <= len(str(length)) and int(step) < length
