"""Computed fields, against a real database."""


async def test_computed_values_stand_beside_columns(library):
    answer = await library.ask(
        "{ book(where: {id: {_eq: 1}}) "
        '{ label more_sold twice: more_sold(args: {factor: 1}) details(path: "a.b[1]") } }'
    )

    assert answer["data"]["book"] == [
        {"label": "Sea/novel", "more_sold": 18014398509481986, "twice": 9007199254740993, "details": 2}
    ]


async def test_computed_values_work_on_rows_that_are_ordered_and_cut(library):
    answer = await library.ask("{ book(order_by: {label: desc}, limit: 2, offset: 1) { label } }")

    assert answer["data"]["book"] == [{"label": "Moor/essay"}, {"label": "Lake/poem"}]


async def test_computed_values_can_be_filtered_and_ordered_by(library):
    answer = await library.ask(
        '{ book(where: {label: {_like: "%/novel"}}, order_by: {label: asc}) { id } '
        'author(order_by: {id: asc}, where: {books: {label: {_eq: "Moor/essay"}}}) { name } }'
    )

    assert answer["data"] == {"book": [{"id": 3}, {"id": 1}], "author": [{"name": "Cid"}]}


async def test_a_computed_value_reads_the_session_and_may_stand_in_a_row_filter(library):
    answer = await library.ask("{ book(order_by: {id: asc}) { id mine } }", role="borrower", User_Id="bob")

    assert answer["data"]["book"] == [{"id": 1, "mine": True}, {"id": 2, "mine": True}]


async def test_computed_rows_are_lists_with_arguments_and_aggregates(library):
    answer = await library.ask(
        '{ author(order_by: {id: asc}) { novels: written(args: {written: "novel"}) { title } '
        "written(order_by: {id: desc}, limit: 1) { title author { name } } "
        "written_aggregate { aggregate { count max { title } } nodes { id } } } }"
    )

    assert answer["data"]["author"][0] == {
        "novels": [{"title": "Sea"}],
        "written": [{"title": "Lake", "author": {"name": "Ann"}}],
        "written_aggregate": {"aggregate": {"count": 2, "max": {"title": "Sea"}}, "nodes": [{"id": 1}, {"id": 2}]},
    }


async def test_computed_rows_obey_the_row_filter_and_limit_of_their_table(library):
    query = "{ author(order_by: {id: asc}) { all { id } all_aggregate { aggregate { count } } } }"

    answer = await library.ask(query, role="reader")

    assert answer["data"]["author"] == [
        {"all": [{"id": 2}], "all_aggregate": {"aggregate": {"count": 1}}},
        {"all": [], "all_aggregate": {"aggregate": {"count": 0}}},
        {"all": [{"id": 4}], "all_aggregate": {"aggregate": {"count": 1}}},
    ]


async def test_a_filter_on_computed_rows_says_nothing_of_rows_the_role_may_not_see(library):
    found = await library.ask('{ author(where: {all: {title: {_eq: "Lake"}}}) { id } }', role="reader")
    hidden = await library.ask('{ author(where: {all: {title: {_eq: "Sea"}}}) { id } }', role="reader")

    assert found["data"]["author"] == [{"id": 1}]
    assert hidden["data"]["author"] == []


async def test_ordering_by_computed_rows_counts_only_rows_the_role_may_see(library):
    query = "{ author(order_by: [{all_aggregate: {count: desc}}, {id: desc}]) { id } }"

    everything = await library.ask(query)
    visible = await library.ask(query, role="reader")

    assert [row["id"] for row in everything["data"]["author"]] == [1, 3, 2]
    assert [row["id"] for row in visible["data"]["author"]] == [3, 1, 2]


async def test_what_is_not_listed_is_not_there(library):
    answer = await library.ask("{ book { details } }", role="owner", User_Id="ann")

    assert answer["errors"][0]["message"] == "field 'details' not found in type: 'book'"


async def test_computed_fields_stand_in_what_a_mutation_returns(library):
    answer = await library.ask(
        "mutation { update_book_by_pk(pk_columns: {id: 4}, _set: {sold: 1}) { label author { all { id } } } }"
    )

    assert answer["data"]["update_book_by_pk"] == {"label": "Moor/essay", "author": {"all": [{"id": 4}]}}


async def test_computed_values_can_be_aggregated(library):
    answer = await library.ask(
        "{ book_aggregate(where: {id: {_in: [2, 4]}}) { aggregate "
        "{ max { label } sum { more_sold ten: more_sold(args: {factor: 10}) } avg { more_sold } } } }"
    )

    assert answer["data"]["book_aggregate"]["aggregate"] == {
        "max": {"label": "Moor/essay"},
        "sum": {"more_sold": 12, "ten": 60},
        "avg": {"more_sold": 6},
    }
