"""Roles that inherit, against a real database: `both` inherits from `owner` and `reader`."""


async def test_rows_of_all_parents_are_seen_and_cells_of_none_are_null(library):
    answer = await library.ask("{ author(order_by: {id: asc}) { id name owner } }", role="both", User_Id="ann")

    assert answer["data"]["author"] == [
        {"id": 1, "name": "Ann", "owner": "ann"},
        {"id": 2, "name": "Bob", "owner": None},
        {"id": 3, "name": "Cid", "owner": "ann"},
    ]


async def test_computed_values_are_null_where_no_parent_shows_them(library):
    answer = await library.ask(
        "{ author(order_by: {id: asc}) { books(order_by: {id: asc}) { id label } } }", role="both", User_Id="bob"
    )

    assert answer["data"]["author"] == [
        {"books": [{"id": 2, "label": None}]},
        {"books": [{"id": 3, "label": "Hill/novel"}]},
        {"books": [{"id": 4, "label": None}]},
    ]


async def test_hidden_cells_cannot_be_found_out_by_filtering_ordering_or_aggregating(library):
    found = await library.ask('{ author(where: {owner: {_eq: "bob"}}) { id } }', role="both", User_Id="ann")
    ordered = await library.ask(
        "{ author(order_by: [{owner: asc_nulls_first}, {id: asc}]) { id } }", role="both", User_Id="bob"
    )
    counted = await library.ask(
        "{ author_aggregate { aggregate { count named: count(columns: owner) max { owner } } } }",
        role="both",
        User_Id="ann",
    )

    assert found["data"]["author"] == []
    assert [row["id"] for row in ordered["data"]["author"]] == [1, 3, 2]
    assert counted["data"]["author_aggregate"]["aggregate"] == {"count": 3, "named": 2, "max": {"owner": "ann"}}


async def test_distinct_rows_are_told_apart_by_cells_that_are_seen(library):
    answer = await library.ask(
        "{ author(distinct_on: owner, order_by: [{owner: asc}, {id: desc}]) { id owner } }", role="both", User_Id="ann"
    )

    assert answer["data"]["author"] == [{"id": 3, "owner": "ann"}, {"id": 2, "owner": None}]


async def test_functions_of_every_parent_may_be_called(library):
    answer = await library.ask('{ search_books(args: {term: "Hill"}) { id } }', role="both", User_Id="bob")

    assert answer["data"]["search_books"] == [{"id": 3}]


async def test_a_missing_session_variable_of_one_parent_is_an_error(library):
    answer = await library.ask("{ author { id } }", role="both")

    assert answer["errors"][0]["message"] == 'missing session variables: "x-hasura-user-id"'
