#!/usr/bin/env python3
"""The published schema by an independent validator: it is a schema, a full and an empty record pass, and a slip in any
field fails.

usage: record_schema_test.py RECORD_WRITER    (the program that prints schema and records)
"""
import copy, json, subprocess, sys
import jsonschema

# A JSON pointer into the full record, and a value that must not pass there.
FAULTS = [
    ("/schema", "hoidau-document/2"), ("/source/sha256", "abc"), ("/source/kind", "scroll"), ("/source/pages", -1),
    ("/source/text_origin", None), ("/metadata/number", ""), ("/metadata/issuer/name", ""), ("/metadata/signed_on", "06/3/2026"),
    ("/metadata/issuer/place/code", "abc"), ("/metadata/date/value", "2026-3-5"), ("/metadata/date/kind", "date"),
    ("/metadata/recipients", None), ("/metadata/digital_signatures/0/time", "14:01"), ("/references/0/symbol", "57 -NQ/TW"),
    ("/references/0/date", "22/12/2024"), ("/references/0/mentions", [[1]]), ("/sections/0/role", "aim"), ("/sections/0/level", 0),
    ("/sections/0/span", [-1, 2]), ("/sections/0/children/0/children", None), ("/tasks/0/id", "I.1"), ("/tasks/0/kind", "duty"),
    ("/tasks/0/assignees/0/role", "helps"), ("/tasks/0/assignees/0/unit", "2"), ("/tasks/0/action", ""), ("/tasks/0/due", "2026-04"),
    ("/tasks/0/report_to", []), ("/tasks/0/when_from", "other"), ("/tasks/0/when/value", "2026-04-14"), ("/tasks/0/confidence", 1.2),
    ("/tasks/0/span", [1, 2, 3]), ("/events/0/id", "1"), ("/events/0/part_of", "u1"), ("/events/0/when/time", "25:00"),
    ("/events/0/when/part_of_day", "noon"), ("/dates/0/in_name", None), ("/units/0/roles", ["issue", "issue"]), ("/units/0/collective", "no"),
    ("/quantities/0/value", "2"), ("/quantities/0/bound", "least"), ("/text", None), ("/pages/0/width", 0), ("/pages/0/source", "scan"),
    ("/pages/0/marks/0/kind", "stamp"), ("/pages/0/marks/0/date", "07/3"), ("/pages/0/lines/0/box", [1, 2, 3]),
    ("/pages/0/lines/0/tokens/0/confidence", -0.1), ("/pages/0/lines/0/tokens/0/extra", 1),
    ("/pages/0/lines/0/tokens/0/alternatives/0/confidence", None), ("/issues/0/code", "Low confidence"), ("/issues/0/stage", "print"),
    ("/issues/0/page", 0), ("/evidence/metadata", {}),
]


def replaced(record, pointer, value):
    """A copy of the record with the value at the pointer."""
    out = copy.deepcopy(record)
    *path, last = pointer.strip("/").split("/")
    at = out
    for key in path:
        at = at[int(key)] if isinstance(at, list) else at[key]
    at[int(last) if isinstance(at, list) else last] = value
    return out


def pointers(value, path=""):
    """Every pointer to a key of an object, but below evidence, whose keys are free."""
    if isinstance(value, dict):
        for key, child in value.items():
            yield path + "/" + key
            if path + "/" + key != "/evidence":
                yield from pointers(child, path + "/" + key)
    elif isinstance(value, list):
        for i, child in enumerate(value):
            yield from pointers(child, f"{path}/{i}")


def removed(record, pointer):
    out = copy.deepcopy(record)
    *path, last = pointer.strip("/").split("/")
    at = out
    for key in path:
        at = at[int(key)] if isinstance(at, list) else at[key]
    del at[last]
    return out


def main():
    schema, sample, empty = json.loads(subprocess.run([sys.argv[1]], check=True, capture_output=True).stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    validator.validate(sample)
    validator.validate(empty)
    passed = [f"{pointer} = {value!r}" for pointer, value in FAULTS if validator.is_valid(replaced(sample, pointer, value))]
    passed += [f"{p} removed" for p in pointers(sample) if validator.is_valid(removed(sample, p))]
    for fault in passed:
        print("passes and must not:", fault)
    print(f"{len(FAULTS) + sum(1 for _ in pointers(sample))} faults tried, {len(passed)} passed")
    return 1 if passed else 0


if __name__ == "__main__":
    sys.exit(main())
