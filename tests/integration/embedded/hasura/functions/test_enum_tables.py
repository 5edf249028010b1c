"""Enum tables, against a real database."""

TYPE = '{ __type(name: "genre_enum") { kind enumValues { name description } } }'


async def test_the_rows_are_the_values_of_a_type(library):
    answer = await library.ask(TYPE)

    assert answer["data"]["__type"] == {
        "kind": "ENUM",
        "enumValues": [
            {"name": "essay", "description": None},
            {"name": "novel", "description": "made up"},
            {"name": "poem", "description": "short"},
        ],
    }


async def test_columns_that_refer_to_it_take_and_give_its_values(library):
    answer = await library.post(
        {
            "query": "query ($some: [genre_enum!]!, $one: genre_enum!) { some: book(where: {genre: {_in: $some}}, "
            "order_by: {id: asc}) { id genre } one: book(where: {genre: {_neq: $one}}, order_by: {id: asc}) { id } }",
            "variables": {"some": ["essay", "poem"], "one": "novel"},
        }
    )

    assert answer["data"] == {
        "some": [{"id": 2, "genre": "poem"}, {"id": 4, "genre": "essay"}],
        "one": [{"id": 2}, {"id": 4}],
    }


async def test_a_variable_that_is_no_value_is_refused_whatever_was_asked_before(library):
    query = "query ($one: genre_enum!) { book(where: {genre: {_eq: $one}}) { id } }"

    fine = await library.post({"query": query, "variables": {"one": "poem"}})
    wrong = await library.post({"query": query, "variables": {"one": "song"}})

    assert fine["data"]["book"] == [{"id": 2}]
    assert "for type 'genre_enum', but found 'song'" in wrong["errors"][0]["message"]


async def test_mutations_take_the_values_as_well(library):
    changed = await library.ask("mutation { update_book_by_pk(pk_columns: {id: 3}, _set: {genre: poem}) { genre } }")
    refused = await library.ask('mutation { update_book_by_pk(pk_columns: {id: 3}, _set: {genre: "poem"}) { genre } }')
    back = await library.ask("mutation { update_book_by_pk(pk_columns: {id: 3}, _set: {genre: novel}) { genre } }")

    assert changed["data"]["update_book_by_pk"] == {"genre": "poem"}
    assert refused["errors"][0]["message"] == "expected an enum value for type 'genre_enum', but found a string"
    assert back["data"]["update_book_by_pk"] == {"genre": "novel"}


async def test_new_rows_are_new_values_once_the_metadata_is_reloaded(library):
    await library.ask('mutation { insert_genre_one(object: {name: "song"}) { name } }')
    before = await library.ask(TYPE)
    await library.command("reload_metadata", {})
    after = await library.ask(TYPE)
    await library.ask('mutation { delete_genre_by_pk(name: "song") { name } }')
    await library.command("reload_metadata", {})

    def names(answer):
        return [value["name"] for value in answer["data"]["__type"]["enumValues"]]

    assert names(before) == ["essay", "novel", "poem"]
    assert names(after) == ["essay", "novel", "poem", "song"]


async def test_a_table_can_become_an_enum_and_ordinary_again(library):
    await library.command("set_table_is_enum", {"table": "genre", "is_enum": False}, path="/v1/query")
    plain = await library.ask('{ book(where: {genre: {_like: "p%"}}) { id } }')
    await library.command("set_table_is_enum", {"table": "genre", "is_enum": True}, path="/v1/query")
    again = await library.ask("{ book(where: {genre: {_eq: poem}}) { id } }")

    assert plain["data"]["book"] == [{"id": 2}]
    assert again["data"]["book"] == [{"id": 2}]


async def test_a_table_that_cannot_be_an_enum_stays_what_it_is(library):
    answer = await library.command("set_table_is_enum", {"table": "loan", "is_enum": True}, path="/v1/query")
    after = await library.ask("{ loan(limit: 1, order_by: {number: asc}) { number } }")

    assert answer.status_code == 400
    assert 'the table "loan" cannot be used as an enum' in answer.json()["error"]
    assert after["data"]["loan"] == [{"number": 1}]
