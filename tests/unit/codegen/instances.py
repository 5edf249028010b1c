"""Instances of JSON Schemas as the contracts' generator writes them, and ways to break one."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from hypothesis import strategies as st

# What a contract asks of a text beyond its pattern, met by a text of our own.
KNOWN: dict[str, st.SearchStrategy[Any]] = {
    "public_url": st.sampled_from(["https://git.example/a.git", "ssh://git@git.example/a", "file:///srv/a"]),
    "executor_url": st.just("http://git.example:3000/"),
    "email": st.just("a@a.example"),
    "branch": st.sampled_from(["main", "release/1.x"]),
    "target_branch": st.sampled_from(["main", "ä"]),
    "reference": st.sampled_from(["secret://file/a/git#token", "secret://vault/a/b.c#key"]),
    "slug": st.just("a"),
}
# Without spaces, which contracts strip off, and what stands for them in other scripts.
_TEXT = st.text(st.characters(min_codepoint=0x21, max_codepoint=0x2FF, exclude_categories=("Z", "C")), max_size=20)


def instances(schema: dict[str, Any], root: dict[str, Any] | None = None) -> st.SearchStrategy[Any]:
    """JSON values that the schema allows, with the words of `KNOWN` where a contract asks for more than a pattern."""
    whole = root or schema
    if "$ref" in schema:
        return instances(whole["$defs"][schema["$ref"].rpartition("/")[2]], whole)
    for either in ("anyOf", "oneOf"):
        if either in schema:
            return st.one_of([instances(one, whole) for one in schema[either]])
    if "const" in schema or "enum" in schema:
        return st.sampled_from(schema.get("enum") or [schema["const"]])
    match schema.get("type"):
        case "object":
            return _objects(schema, whole)
        case "array":
            items = instances(schema["items"], whole)
            return st.lists(items, min_size=schema.get("minItems", 0), max_size=3)
        case "string":
            return _strings(schema)
        case "integer":
            least, most = schema.get("minimum", 0), schema.get("maximum", 1 << 31)
            return st.integers(least, most)
        case "boolean":
            return st.booleans()
        case _:
            return st.none()


def breakages(schema: dict[str, Any], value: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """What is wrong, and the value made so, for every way to break it that the schema knows of."""
    yield "an unknown member", {**value, "no_such_member": 1}
    for name in schema.get("required", []):
        yield f"no {name}", {key: member for key, member in value.items() if key != name}
    for name, member in schema.get("properties", {}).items():
        yield f"{name} of another type", {**value, name: [["x"]]}
        for found in (member, *member.get("anyOf", [])):
            wrong = _wrong(found)
            if wrong is not None:
                yield f"{name} is {str(wrong)[:20]!r}", {**value, name: wrong}


def _wrong(member: dict[str, Any]) -> Any:
    if "maximum" in member:
        return member["maximum"] + 1
    if "maxLength" in member:
        return "x" * (member["maxLength"] + 1)
    if "pattern" in member or "enum" in member or "const" in member or member.get("format") == "uuid":
        return "\x00 \x00"
    return None


def _objects(schema: dict[str, Any], whole: dict[str, Any]) -> st.SearchStrategy[Any]:
    if "properties" not in schema:
        return st.dictionaries(_TEXT, st.one_of(_TEXT, st.integers(0, 9)), max_size=2)
    required = set(schema.get("required", []))
    members = {
        name: KNOWN[name] if name in KNOWN else instances(one, whole) for name, one in schema["properties"].items()
    }
    return st.fixed_dictionaries(
        {name: one for name, one in members.items() if name in required},
        optional={name: one for name, one in members.items() if name not in required},
    )


def _strings(schema: dict[str, Any]) -> st.SearchStrategy[str]:
    if schema.get("format") == "uuid":
        return st.uuids(version=4).map(str)
    if schema.get("format") == "date-time":
        moments = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  - hypothesis adds the zone
        return moments.map(datetime.isoformat)
    # Of a text that people write any will do; of a name with a form of its own the form decides.
    if "pattern" in schema and "^[^" not in schema["pattern"]:
        return st.from_regex(schema["pattern"], fullmatch=True)
    return _TEXT.filter(lambda text: len(text) >= schema.get("minLength", 0))
