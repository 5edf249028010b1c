"""The template language: what templates mean, what is refused and where, and that nothing grows without bound."""

from contextlib import suppress

import pytest

from embedded.hasura.actions.kriti import evaluate as evaluation
from embedded.hasura.actions.kriti.errors import KritiError
from embedded.hasura.actions.kriti.evaluate import evaluate
from embedded.hasura.actions.kriti.functions import session_functions
from embedded.hasura.actions.kriti.parse import DEPTH_MAX, parse
from embedded.hasura.actions.kriti.tokens import TEXT_MAX
from embedded.hasura.schema.exact import exact_json, read_json

BODY = read_json(
    """{
  "hello": "world", "count": 3, "flag": true, "nothing": null, "price": 1.50, "big": 9007199254740993,
  "list": [{"n": 1}, {"n": 2}], "odd key": {"x-y": "z"}, "empty": {}
}"""
)
VARIABLES = {"$body": BODY, "$base_url": "http://far/"}


def value(template, **more):
    return evaluate(parse(template), {**VARIABLES, **more}, session_functions({"x-hasura-user-id": "ann"}))


def refusal(template, **more):
    with pytest.raises(KritiError) as caught:
        value(template, **more)
    return caught.value


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("1", 1),
        ("-2.5e3", -2500.0),
        ('"text"', "text"),
        ("true", True),
        ("null", None),
        ("[1, [2], {}]", [1, [2], {}]),
        ('{"a": {"b": [true, null]}, "": 1}', {"a": {"b": [True, None]}, "": 1}),
        ("{{ $body.hello }}", "world"),
        ("{{$body['odd key']['x-y']}}", "z"),
        ("{{ $body.list[1].n }}", 2),
        ("{{ $body['list'][0] }}", {"n": 1}),
        ("$body.hello", "world"),
        ("{{ $base_url }}", "http://far/"),
        ('"hello_{{ $body.hello }}!"', "hello_world!"),
        ('"{{ $body.count }}/{{ $body.flag }}/{{ $body.nothing }}/{{ $body.list }}"', '3/true/null/[{"n":1},{"n":2}]'),
        ('"a {curly} brace"', "a {curly} brace"),
        (r'"q\"\\\n\u00e9"', 'q"\\\né'),
        ('"two\nlines"', "two\nlines"),
        ('"{{ "inner {{ $body.hello }}" }}"', "inner world"),
        ('{"a": {{ $body.count }}}', {"a": 3}),
        ('{"a": {"b": {"c": {{ $body.count }}}}}', {"a": {"b": {"c": 3}}}),
        ("# said\n{{ $body.count }} # aside", 3),
    ],
)
def test_json_and_paths(template, expected):
    assert value(template) == expected


def test_numbers_stay_as_they_were_written():
    assert exact_json(value('{"p": {{ $body.price }}, "b": {{ $body.big }}, "c": 2.500}')) == (
        '{"p":1.50,"b":9007199254740993,"c":2.500}'
    )
    assert value('"{{ $body.price }}"') == "1.50"


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{{ $body?.hello }}", "world"),
        ("{{ $body?.gone }}", None),
        ("{{ $body?.gone.further['on'][0] }}", None),
        ("{{ $body.gone?.further }}", None),
        ("{{ $unknown?.further }}", None),
        ("{{ $body.list?[1].n }}", 2),
        ("{{ $body.list?[7] }}", None),
        ("{{ $body?['odd key'] }}", {"x-y": "z"}),
        ("{{ $body?.gone ?? 5 }}", 5),
        ("{{ $body.nothing ?? $body.hello }}", "world"),
        ("{{ $body.count ?? 5 }}", 3),
    ],
)
def test_what_may_be_missing_is_null_and_has_a_default(template, expected):
    assert value(template) == expected


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{{ $body.count == 3 }}", True),
        ("{{ $body.count != 3.0 }}", False),
        ("{{ $body.flag == 1 }}", False),
        ("{{ $body.list == [{}, {}] }}", False),
        ("{{ 1 < 2 }}", True),
        ("{{ 2 <= 1 }}", False),
        ('{{ "b" > "a" }}', True),
        ("{{ $body.count >= 3 }}", True),
        ("{{ 1 < 2 && 2 < 1 || $body.flag }}", True),
        ("{{ $body.flag && (1 > 2) }}", False),
        ('{{ "hello" in $body }}', True),
        ("{{ 2 in [1, 2] }}", True),
        ("{{ true in [1] }}", False),
        ('{{ "a" < 1 }}', True),
        ("{{ null > true }}", True),
        ("{{ $body?.gone ?? 1 == 1 }}", True),
    ],
)
def test_operators(template, expected):
    assert value(template) is expected


@pytest.mark.parametrize(
    ("count", "expected"),
    [(0, "none"), (1, "one"), (2, {"many": 2})],
)
def test_the_first_condition_that_is_true_decides(count, expected):
    template = """
      {{ if $n == 0 }} "none" {{ elif $n == 1 }} "one" {{ elif $n == 2 }} {"many": {{$n}}} {{ else }} null {{ end }}
    """

    assert value(template, **{"$n": count}) == expected


def test_a_loop_makes_a_list_and_its_names_hide_others():
    assert value('{{ range i, x := $body.list }} {"i": {{i}}, "n": {{x.n}}} {{ end }}') == [
        {"i": 0, "n": 1},
        {"i": 1, "n": 2},
    ]
    assert value("{{ range _, x := [[1], [2, 3]] }} {{ range _, x := x }} {{ x }} {{ end }} {{ end }}") == [[1], [2, 3]]
    assert value("{{ range _, x := [] }} {{ $gone }} {{ end }}") == []


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{{ empty($body.empty) }}", True),
        ('{{ empty("  ") }}', True),
        ("{{ empty(0) }}", True),
        ("{{ empty($body.list) }}", False),
        ("{{ not empty($body.nothing) }}", False),
        ("{{ not $body.flag }}", False),
        ("{{ size($body.list) }}", 2),
        ('{{ length("abc") }}', 3),
        ("{{ inverse([1, 2]) }}", [2, 1]),
        ('{{ inverse("ab") }}', "ba"),
        ("{{ inverse(4) }}", 0.25),
        ("{{ head($body.list) }}", {"n": 1}),
        ("{{ tail([1, 2, 3]) }}", [2, 3]),
        ('{{ toLower("ÄB") }}', "äb"),
        ('{{ toUpper "ab" }}', "AB"),
        ('{{ toTitle("ab cd") }}', "Ab Cd"),
        ('{{ toCaseFold("Straße") }}', "strasse"),
        ('{{ escapeUri("a b/&ü~") }}', "a%20b%2F%26%C3%BC~"),
        ("{{ toPairs($body['odd key']) }}", [["x-y", "z"]]),
        ('{{ fromPairs([["a", 1]]) }}', {"a": 1}),
        ("{{ removeNulls([1, null]) }}", [1]),
        ("{{ concat([[1], [2]]) }}", [1, 2]),
        ('{{ concat(["a", "b"]) }}', "ab"),
        ('{{ concat([{"a": 1, "b": 2}, {"b": 3}]) }}', {"a": 1, "b": 3}),
        ('{{ getSessionVariable("X-Hasura-User-Id") }}', "ann"),
        ('"{{ getSessionVariable "x-hasura-user-id" }}"', "ann"),
    ],
)
def test_functions(template, expected):
    assert value(template) == expected


@pytest.mark.parametrize(
    ("template", "code", "message", "columns"),
    [
        ("{{ $body.gone }}", "Attribute Error", "'Object' has no attribute 'gone'.", (9, 14)),
        ("{{ gone }}", "Name Error", "Variable 'gone' not in scope", (4, 8)),
        ("{{ $body.list[9] }}", "Index Error", "Index out of range", (14, 17)),
        (
            "{{ $body.hello.x }}",
            "Type Error",
            "Couldn't match expected type 'Object' with actual type 'String'",
            (15, 17),
        ),
        (
            "{{ $body.hello?.x }}",
            "Type Error",
            "Couldn't match expected type 'Object' with actual type 'String'",
            (4, 18),
        ),
        (
            "{{ $body.list[$body.hello] }}",
            "Type Error",
            "Couldn't match expected type 'Integer' with actual type 'String'",
            (14, 27),
        ),
        (
            "{{ $body[1] }}",
            "Type Error",
            "Couldn't match expected type 'String' with actual type 'Number'",
            (9, 12),
        ),
        (
            "{{ if 1 }} 1 {{ else }} 2 {{ end }}",
            "Type Error",
            "Couldn't match expected type 'Boolean' with actual type 'Number'",
            (1, 36),
        ),
        (
            "{{ $body.flag && 1 }}",
            "Type Error",
            "Couldn't match expected type 'Boolean' with actual type 'Number'",
            (4, 19),
        ),
        ("{{ 1 in 2 }}", "Type Error", "Couldn't match expected type 'Array' with actual type 'Number'", (4, 10)),
        ("{{ 1 in {} }}", "Type Error", "Couldn't match expected type 'String' with actual type 'Number'", (4, 11)),
        (
            "{{ range _, x := 1 }} 1 {{ end }}",
            "Type Error",
            "Couldn't match expected type 'Array' with actual type 'Number'",
            (1, 34),
        ),
        ('{{ made "up" }}', "Function Error", "Function made is not defined.", (4, 8)),
        (
            '{{ getSessionVariable "x-hasura-org" }}',
            "Function Error",
            'Session variable "x-hasura-org" not found',
            (23, 37),
        ),
        ("{{ empty(true) }}", "Function Error", "Cannot define emptiness for a boolean", (10, 14)),
        ("{{ head([]) }}", "Function Error", "Empty array", (9, 11)),
        ("{{ inverse(0) }}", "Function Error", "Cannot divide by zero", (12, 13)),
    ],
)
def test_a_value_that_does_not_fit_is_told_with_its_place(template, code, message, columns):
    error = refusal(template)

    assert error.as_json() == {
        "error_code": code,
        "message": message,
        "source_position": {
            "start_line": 0,
            "start_column": columns[0],
            "end_line": 0,
            "end_column": columns[1],
        },
    }


@pytest.mark.parametrize("argument", ["1", '"x"', "[1]", "{}", "null"])
@pytest.mark.parametrize("function", ["toLower", "toPairs", "fromPairs", "removeNulls", "concat", "not", "tail"])
def test_no_function_breaks_on_an_argument_of_another_type(function, argument):
    with suppress(KritiError):
        value("{{ " + function + "(" + argument + ") }}")


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("", "Unexpected end of input."),
        ("$body.hello }}", "Unexpected token '}'."),
        ("{{ $body", "Unexpected end of input."),
        ("1 1", "Unexpected token '1'."),
        ("{{ 1 < 2 < 3 }}", "Unexpected token '<'."),
        ("{{ if true }} 1 {{ end }}", "Unexpected token 'end'."),
        ("{{ if true }} 1 {{ else }} 2 {{ else }}", "Unexpected token 'else'."),
        ("{{ range 1, x := [] }} 1 {{ end }}", "Unexpected token '1'."),
        ("{{ range if, x := [] }} 1 {{ end }}", "Unexpected token 'if'."),
        ("[1 2]", "Unexpected token '2'."),
        ('{"a" 1}', "Unexpected token '1'."),
        ("{a: 1}", "Unexpected token 'a'."),
        ("{{ $body. }}", "Unexpected token '}}'."),
        ("{{ $body? }}", "Unexpected token '}}'."),
        ("{{ else }}", "Unexpected token 'else'."),
        ('"open', "Unexpected end of input."),
        ('{"{{ $body.hello }}": 1}', "The name of a member is plain text."),
    ],
)
def test_a_template_that_is_none_is_refused(template, message):
    error = refusal(template)

    assert (error.code, error.message) == ("Parse Error", message)


@pytest.mark.parametrize("template", ["{{ § }}", '"\\x"', "{{ a ! b }}", "'x", '"\\u12"'])
def test_what_is_no_piece_of_a_template_is_refused(template):
    assert refusal(template).code == "Lex Error"


def test_lines_are_counted_from_zero_and_columns_from_one():
    error = refusal('{\n  "a": 1,\n  "b": {{ $body.gone }}\n}')

    assert error.as_json()["source_position"] == {
        "start_line": 2,
        "start_column": 16,
        "end_line": 2,
        "end_column": 21,
    }


def test_the_end_of_the_line_in_a_string_is_counted_too():
    assert refusal('"a\nb{{ gone }}"').as_json()["source_position"]["start_column"] == 5


@pytest.mark.parametrize("opening", ["(", "[", '{"a":', "{{ ", "{{ not ", '"{{ '])
def test_a_template_nested_too_deeply_is_refused_before_it_exhausts_anything(opening):
    assert refusal(opening * 5_000).code in {"Limit Error", "Parse Error"}
    assert refusal(opening * (DEPTH_MAX + 1) + "1").code in {"Limit Error", "Parse Error"}


def test_a_template_that_is_too_long_is_refused():
    assert refusal('"' + "x" * TEXT_MAX + '"').code == "Limit Error"


def test_nested_loops_end():
    many = list(range(1_000))

    error = refusal("{{ range _, a := $m }} {{ range _, b := $m }} 1 {{ end }} {{ end }}", **{"$m": many})

    assert error.code == "Limit Error"
    assert "steps" in error.message


@pytest.mark.parametrize(
    "template",
    [
        "{{ range _, a := $many }} {{ $long }} {{ end }}",
        '"' + "{{ $long }}" * 100 + '"',
        "[" + ",".join(["{{ $long }}"] * 100) + "]",
        '{{ range _, a := $many }} "{{ $long }}" {{ end }}',
    ],
)
def test_what_a_template_makes_is_bounded(template):
    error = refusal(template, **{"$long": "x" * 100_000, "$many": list(range(100))})

    assert error.code == "Limit Error"
    assert "characters" in error.message


def test_a_function_cannot_join_more_than_its_share_of_steps():
    many = [list(range(1_000))] * 1_000

    assert refusal("{{ concat($many) }}", **{"$many": many}).code == "Limit Error"


def test_time_is_bounded(monkeypatch):
    monkeypatch.setattr(evaluation, "TIME_MAX_S", -1.0)

    assert "takes more than" in refusal("1").message


def test_values_nested_too_deeply_are_refused():
    deep = []
    for _ in range(5_000):
        deep = [deep]

    assert refusal("{{ $deep == $deep }}", **{"$deep": deep}).code == "Limit Error"
    assert refusal('"{{ $deep }}"', **{"$deep": deep}).code == "Limit Error"


def test_an_optional_step_does_not_hide_that_a_limit_was_met():
    many = list(range(evaluation.STEPS_MAX))

    error = refusal("{{ (({{ range _, a := $many }} 1 {{ end }}))?.x }}", **{"$many": many})

    assert error.code == "Limit Error"
