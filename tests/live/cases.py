"""Reads cases (see recorder.py) from JSON, or from SQL as effects/everyday.sql explains it."""

import json
import re

# What these scan is the planner's choice.
QUERY = re.compile(r"\s*(select|insert|update|delete|merge|with|copy|do|declare|explain)\b", re.I)


def read_cases(path):
    with open(path) as file:
        text = file.read()
    if path.endswith(".json"):
        return json.loads(text)
    common, *rest = re.split(r"^-- case ", text, flags=re.M)
    common = re.sub(r"^--.*\n", "", common, flags=re.M).strip()
    return [_case(common, part) for part in rest]


def _case(common, text):
    head, _, body = text.partition("\n")
    name, *minimum = head.split()
    setup, _, statement = body.partition("-- statement\n")
    setup, _, session = setup.partition("-- session\n")
    statement = re.sub(r"^--.*\n?", "", statement, flags=re.M)
    case = {"id": name, "setup": f"{common}\n{setup}".strip(), "statement": statement.strip().rstrip(";")}
    if session:
        case["session"] = session.strip()
    if minimum:
        assert minimum[0] == "min" and len(minimum) == 2, head
        case["min"] = int(minimum[1])
    assert case["statement"], f"{name} has no statement"
    return case
