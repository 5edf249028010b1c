"""Filters, orderings and odd types, against a real database."""

import pytest


@pytest.mark.parametrize(
    ("where", "ids"),
    [
        ("{loans_aggregate: {count: {predicate: {_eq: 2}}}}", [1]),
        ("{loans_aggregate: {count: {predicate: {_eq: 0}}}}", [3]),
        ("{loans_aggregate: {count: {predicate: {_gte: 1}, filter: {late: {_eq: true}}}}}", [1, 2]),
        ("{loans_aggregate: {count: {predicate: {_eq: 0}, arguments: [late]}}}", [3, 4]),
        ("{loans_aggregate: {bool_and: {arguments: late, predicate: {_eq: true}}}}", [2]),
        ("{loans_aggregate: {bool_or: {arguments: late, predicate: {_eq: true}}}}", [1, 2]),
        ("{loans_aggregate: {bool_or: {arguments: late, predicate: {_is_null: true}}}}", [3, 4]),
        ('{data: {_cast: {String: {_ilike: "%LAKE%"}}}}', [2]),
        ("{data: {_contains: {a: {b: [1]}}}}", [1]),
        ('{data: {_has_key: "a"}}', [1]),
        ("{sizes: {_in: [[1, 2], [3]]}}", [1, 2]),
        ("{sizes: {_nin: [[1, 2]]}}", [2, 4]),
        ("{sizes: {_eq: []}}", [4]),
        ('{tags: {_contains: ["wet"]}}', [1, 2]),
        ('{tags: {_contained_in: ["wet"]}}', [2, 4]),
        ('{mood: {_eq: "tense"}}', [2]),
        ('{mood: {_gt: "calm"}}', [2]),
        ('{isbn: {_eq: "444"}}', [4]),
        ('{isbn: {_like: "2%"}}', [2]),
        ('{nick: {_eq: "sea"}}', [1]),
        ('{nick: {_like: "MOOR"}}', [4]),
        ('{shelf: {_ancestor: "top.land.moor.end"}}', [4]),
        ('{shelf: {_descendant: "top"}}', [1, 2, 4]),
        ('{shelf: {_ancestor_any: ["top.sea", "top.lake"]}}', [1, 2]),
        ('{shelf: {_matches: "*.lake"}}', [2]),
        ('{shelf: {_matches_any: ["*.lake", "*.sea"]}}', [1, 2]),
        ('{shelf: {_matches_fulltext: "moor & land"}}', [4]),
        ("{place: {_is_null: false}}", [1]),
        ('{sold: {_eq: "9007199254740993"}}', [1]),
        ("{sold: {_eq: 9007199254740993}}", [1]),
        ("{price: {_eq: 1.50}}", [1]),
        ('{uid: {_in: ["11111111-1111-1111-1111-111111111111"]}}', [1]),
        ('{title: {_similar: "(Sea|Hill)"}}', [1, 3]),
        ('{title: {_iregex: "^m"}}', [4]),
        ("{_not: {_or: [{id: {_lt: 3}}, {_and: [{lent: {_eq: true}}, {id: {_eq: 3}}]}]}}", [4]),
        ("{_or: []}", []),
        ("{_and: []}", [1, 2, 3, 4]),
        ("{_not: {}}", []),
        ("{loans: {}}", [1, 2, 4]),
        ("{loans: {fines: {cents: {_gt: 60}}}}", [1]),
        ("{author: {books: {id: {_eq: 2}}}}", [1, 2]),
    ],
)  # fmt: skip
async def test_a_filter_finds(library, where, ids):
    answer = await library.ask(f"{{ book(where: {where}, order_by: {{id: asc}}) {{ id }} }}")

    assert [row["id"] for row in answer.get("data", answer)["book"]] == ids


async def test_aggregates_in_a_filter_count_only_rows_the_role_may_see(library):
    query = "{ book(where: {loans_aggregate: {count: {predicate: {_eq: 2}}}}) { id } }"

    everything = await library.ask(query)
    owner = await library.ask(query, role="owner", User_Id="ann")

    assert everything["data"]["book"] == [{"id": 1}]
    assert owner["data"]["book"] == []


async def test_a_filter_through_a_relationship_says_nothing_of_rows_the_role_may_not_see(library):
    query = '{ author(where: {books: {title: {_eq: "Sea"}}}) { id } }'

    assert (await library.ask(query))["data"]["author"] == [{"id": 1}]
    assert (await library.ask(query, role="reader"))["data"]["author"] == []


async def test_a_session_variable_may_stand_inside_a_list_of_a_row_filter(library):
    answer = await library.ask("{ book(order_by: {id: asc}) { id } }", role="chooser", Genre="essay")

    assert answer["data"]["book"] == [{"id": 2}, {"id": 4}]


async def test_jsonb_in_variables_is_data(library):
    answer = await library.post(
        {
            "query": "query ($part: jsonb!, $keys: [String!]!) { book(where: {data: {_contains: $part, "
            "_has_keys_any: $keys}}) { id } }",
            "variables": {"part": {"k": "sea"}, "keys": ["x", "k"]},
        }
    )

    assert answer["data"]["book"] == [{"id": 1}]


async def test_lists_of_arrays_may_come_from_variables(library):
    answer = await library.post(
        {
            "query": "query ($sizes: [[Int!]!]!) { book(where: {sizes: {_in: $sizes}}, order_by: {id: asc}) { id } }",
            "variables": {"sizes": [[3], []]},
        }
    )

    assert answer["data"]["book"] == [{"id": 2}, {"id": 4}]


@pytest.mark.parametrize(
    ("where", "code", "path"),
    [
        ('{uid: {_eq: "nonsense"}}', "data-exception", "$.selectionSet.book"),
        ("{uid: {_eq: 5}}", "parse-failed", "$.selectionSet.book.args.where.uid._eq"),
        ("{sold: {_eq: 1.5}}", "parse-failed", "$.selectionSet.book.args.where.sold._eq"),
        ('{sold: {_eq: "many"}}', "data-exception", "$.selectionSet.book"),
        ('{shelf: {_ancestor: "a..b"}}', "parse-failed", "$.selectionSet.book.args.where.shelf._ancestor"),
        ('{mood: {_eq: "angry"}}', "data-exception", "$.selectionSet.book"),
        ("{title: {_eq: null}}", "validation-failed", "$.selectionSet.book.args.where.title._eq"),
        ("{genre: {_eq: null}}", "validation-failed", "$.selectionSet.book.args.where.genre._eq"),
    ],
)
async def test_a_malformed_value_is_refused(library, where, code, path):
    answer = await library.ask(f"{{ book(where: {where}) {{ id }} }}")

    extensions = answer["errors"][0]["extensions"]
    assert (extensions["code"], extensions["path"]) == (code, path)


@pytest.mark.parametrize(
    ("order_by", "ids"),
    [
        ("[{author: {name: desc}}, {id: asc}]", [4, 3, 1, 2]),
        ("{price: asc}", [1, 4, 2, 3]),
        ("[{price: desc}]", [3, 2, 4, 1]),
        ("{price: desc_nulls_last}", [2, 4, 1, 3]),
        ("[{loans_aggregate: {count: desc}}, {id: desc}]", [1, 4, 2, 3]),
        ("[{loans_aggregate: {max: {number: asc_nulls_first}}}, {id: asc}]", [3, 2, 4, 1]),
        ("[{loans_aggregate: {avg: {number: desc_nulls_last}}}, {id: asc}]", [1, 2, 4, 3]),
        ("[{author: {books_aggregate: {sum: {price: asc_nulls_last}}}}, {id: asc}]", [4, 1, 2, 3]),
        ("[{price: null}, {id: desc}]", [4, 3, 2, 1]),
    ],
)
async def test_an_ordering_orders(library, order_by, ids):
    answer = await library.ask(f"{{ book(order_by: {order_by}) {{ id }} }}")

    assert [row["id"] for row in answer.get("data", answer)["book"]] == ids


async def test_distinct_rows_keep_their_relationships(library):
    answer = await library.ask(
        "{ book(distinct_on: [genre], order_by: [{genre: asc}, {id: desc}]) { id genre author { name } "
        "loans(distinct_on: late, order_by: [{late: asc}, {number: asc}]) { number } } }"
    )

    assert answer["data"]["book"] == [
        {"id": 4, "genre": "essay", "author": {"name": "Cid"}, "loans": [{"number": 1}]},
        {"id": 3, "genre": "novel", "author": {"name": "Bob"}, "loans": []},
        {"id": 2, "genre": "poem", "author": {"name": "Ann"}, "loans": [{"number": 1}]},
    ]


async def test_relationships_may_go_by_several_columns(library):
    answer = await library.ask(
        "{ loan(order_by: [{book_id: asc}, {number: asc}], limit: 2) { fines(order_by: {id: asc}) { cents } } "
        'fine(where: {loan: {reader: {_eq: "bob"}}}) { id loan { reader } } }'
    )

    assert answer["data"] == {
        "loan": [{"fines": [{"cents": 50}, {"cents": 75}]}, {"fines": []}],
        "fine": [{"id": 3, "loan": {"reader": "bob"}}],
    }


async def test_one_relationship_may_be_asked_twice(library):
    answer = await library.ask(
        "{ author(where: {id: {_eq: 1}}) { cheap: books(where: {price: {_lt: 10}}) { id } "
        "dear: books(where: {price: {_gte: 10}}) { id } books_aggregate { aggregate { count } } } }"
    )

    assert answer["data"]["author"] == [
        {"cheap": [{"id": 1}], "dear": [{"id": 2}], "books_aggregate": {"aggregate": {"count": 2}}}
    ]


async def test_a_count_of_several_columns_counts_rows_of_them(library):
    answer = await library.ask(
        "{ loan_aggregate { aggregate { count several: count(columns: [reader, late]) "
        "different: count(columns: [reader, late], distinct: true) one: count(columns: late) } } }"
    )

    assert answer["data"]["loan_aggregate"]["aggregate"] == {"count": 4, "several": 4, "different": 4, "one": 3}


async def test_odd_types_are_written_as_postgres_writes_them(library):
    answer = await library.ask(
        '{ book_by_pk(id: 1) { price sold mood place isbn shelf nick tags sizes uid part: data(path: "a.b[0]") data } }'
    )

    assert answer["data"]["book_by_pk"] == {
        "price": 1.5,
        "sold": 9007199254740993,
        "mood": "calm",
        "place": {"shelf": "a", "slot": 1},
        "isbn": "111",
        "shelf": "top.sea",
        "nick": "SEA",
        "tags": ["wet", "salt"],
        "sizes": [1, 2],
        "uid": "11111111-1111-1111-1111-111111111111",
        "part": 1,
        "data": {"a": {"b": [1, 2]}, "k": "sea"},
    }


async def test_the_largest_of_what_has_an_order_is_told(library):
    answer = await library.ask("{ book_aggregate { aggregate { max { title isbn mood sizes nick sold } } } }")

    assert answer["data"]["book_aggregate"]["aggregate"]["max"] == {
        "title": "Sea",
        "isbn": "444",
        "mood": "tense",
        "sizes": [3],
        "nick": "SEA",
        "sold": 9007199254740993,
    }


async def test_a_domain_s_check_still_holds_when_its_column_is_written(library):
    answer = await library.ask('mutation { update_book_by_pk(pk_columns: {id: 4}, _set: {isbn: "x"}) { isbn } }')

    assert answer["errors"][0]["message"].startswith("Check constraint violation. ")


async def test_columns_without_a_graphql_name_are_left_out_and_views_are_tables(library):
    answer = await library.ask(
        "{ odd { id order } priced(order_by: {price: desc}, limit: 1) { title } "
        "priced_aggregate { aggregate { avg { price } } } per_genre(order_by: {genre: asc}) { genre books } }"
    )

    assert answer["data"]["odd"] == [{"id": 1, "order": "kept"}]
    assert answer["data"]["priced"] == [{"title": "Lake"}]
    assert answer["data"]["priced_aggregate"] == {"aggregate": {"avg": {"price": 9.5}}}
    assert answer["data"]["per_genre"][1] == {"genre": "novel", "books": 2}


async def test_a_filter_about_its_root_row_means_that_row_wherever_it_is_reached_from(library):
    query = "{ book(order_by: {id: asc}) { id } author(where: {books: {}}, order_by: {id: asc}) { id } }"

    answer = await library.ask(query, role="suspicious")

    assert answer["data"] == {"book": [{"id": 4}], "author": [{"id": 3}]}
