"""Functions as root fields, against a real database."""

from tests.integration.embedded.hasura.subscriptions.sockets import opened


async def test_a_function_answers_rows_in_its_own_order_with_defaults_for_what_is_omitted(library):
    answer = await library.ask('{ search_books(args: {term: "a"}) { title } }')

    assert answer == {"data": {"search_books": [{"title": "Lake"}, {"title": "Sea"}]}}


async def test_rows_of_a_function_are_filtered_ordered_and_cut_like_a_table_s(library):
    answer = await library.ask(
        '{ search_books(args: {term: "", most: 3}, where: {id: {_gt: 2}}, order_by: {id: asc}, limit: 1) '
        "{ id author { name } } }"
    )

    assert answer == {"data": {"search_books": [{"id": 3, "author": {"name": "Bob"}}]}}


async def test_rows_of_a_function_obey_the_row_filter_and_the_limit_of_their_table(library):
    query = '{ search_books(args: {term: ""}) { id } search_books_aggregate(args: {term: ""}) { aggregate { count } } }'

    reader = await library.ask(query, role="reader")
    owner = await library.ask(query, role="owner", User_Id="bob")

    assert reader["data"]["search_books"] == [{"id": 4}]
    assert reader["data"]["search_books_aggregate"] == {"aggregate": {"count": 2}}
    assert owner["data"]["search_books"] == [{"id": 3}]


async def test_a_function_reads_the_session_of_whoever_asks(library):
    ann = await library.ask("{ my_book { title } }", role="owner", User_Id="ann")
    bob = await library.ask("{ my_book { title } }", role="owner", User_Id="bob")

    assert ann["data"] == {"my_book": {"title": "Sea"}}
    assert bob["data"] == {"my_book": {"title": "Hill"}}


async def test_a_row_that_the_role_may_not_see_is_null(library):
    answer = await library.ask("{ my_book { title } }", role="reader", User_Id="ann")

    assert answer == {"data": {"my_book": None}}


async def test_a_row_and_a_list_can_be_passed(library):
    answer = await library.ask(
        '{ like_book(args: {of: "(9,9,Sea,novel,,,,,,,,,,,,)"}) { id } '
        'bargains(args: {of: ["Sea", "Lake"], below: "10"}) { id } }'
    )

    assert answer == {"data": {"like_book": [{"id": 1}], "bargains": [{"id": 1}]}}


async def test_a_row_can_be_passed_to_a_subscription_and_what_is_none_is_refused_in_postgres_words(library):
    async with opened(library, init={}) as socket:
        await socket.start("row", 'subscription { like_book(args: {of: "(9,9,Sea,novel,,,,,,,,,,,,)"}) { id } }')
        told = await socket.data()
        await socket.start("none", 'subscription { like_book(args: {of: "no row"}) { id } }')
        refused = await socket.receive()

    assert told == {"like_book": [{"id": 1}]}
    assert (refused["type"], refused["id"]) == ("error", "none")
    assert "malformed record literal" in str(refused["payload"])


async def test_values_of_arguments_never_become_part_of_the_statement(library):
    answer = await library.post(
        {
            "query": "query ($term: String) { search_books(args: {term: $term}) { id } }",
            "variables": {"term": "'); DROP TABLE loan; --"},
        }
    )

    assert answer == {"data": {"search_books": []}}


async def test_an_error_inside_a_function_is_reported_at_its_field(library):
    answer = await library.ask("{ failing { id } }")

    assert answer["errors"][0]["extensions"]["path"] == "$.selectionSet.failing"
    assert "no luck" in str(answer["errors"][0]["extensions"]["internal"])


async def test_a_function_that_writes_does_so_as_part_of_the_mutation(library):
    raised = await library.ask(
        "mutation { raise_prices(args: {percent: 100}, where: {id: {_eq: 4}}) { id price } }",
        role="owner",
        User_Id="ann",
    )
    undone = await library.ask("mutation { raise_prices(args: {percent: -50}) { id } }")

    assert raised == {"data": {"raise_prices": [{"id": 4, "price": 14.0}]}}
    assert len(undone["data"]["raise_prices"]) == 3


async def test_a_mutation_that_fails_later_takes_back_what_a_function_wrote(library):
    failed = await library.ask(
        "mutation { raise_prices(args: {percent: 100}) { id } "
        'insert_author_one(object: {id: 1, name: "x", owner: "x"}) { id } }'
    )
    after = await library.ask("{ book_by_pk(id: 2) { price } }")

    assert failed["errors"][0]["extensions"]["code"] == "constraint-violation"
    assert after["data"]["book_by_pk"]["price"] == 20


async def test_a_function_that_writes_is_not_there_for_roles_that_are_not_listed(library):
    answer = await library.ask("mutation { raise_prices(args: {percent: 1}) { id } }", role="reader")

    assert answer["errors"][0]["extensions"]["code"] == "validation-failed"


async def test_functions_on_views_work(library):
    answer = await library.ask('{ bargains(args: {of: ["Sea"], below: 5}) { title price } }', role="reader")

    assert answer == {"data": {"bargains": [{"title": "Sea", "price": 1.5}]}}
