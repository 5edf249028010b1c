"""Uses the client that was generated beside this file, as its user would; tells one JSON object."""
# ruff: noqa: T201  - a program of its own

import asyncio
import json
import sys
from collections.abc import AsyncGenerator
from decimal import Decimal
from typing import cast

from books_client import Client, Titles, book_bool_exp, book_insert_input, numeric_comparison_exp
from books_client import order_by as direction
from books_client.input_types import author_order_by, book_order_by


async def main(url: str, secret: str) -> None:
    headers = {"X-Hasura-Admin-Secret": secret}
    async with Client(
        url=url,
        headers=headers,
        ws_url=url.replace("http://", "ws://"),
        ws_connection_init_payload={"headers": headers},
    ) as client:
        found = await client.books(
            where=book_bool_exp(rating=numeric_comparison_exp(_gte=Decimal("4.25"))),
            order_by=[book_order_by(author=author_order_by(name=direction.asc))],
        )
        aggregate = found.book_aggregate.aggregate
        added = await client.add_book(book=book_insert_input(title="The Lathe of Heaven", author_id=1))
        titles = cast("AsyncGenerator[Titles]", client.titles())
        watched = [book.title for book in (await anext(titles)).book]
        await titles.aclose()
        told = {
            "titles": [book.title for book in found.book],
            "pages": [book.details for book in found.book],
            "count": aggregate.count if aggregate else None,
            "added": added.insert_book_one.title if added.insert_book_one else None,
            "watched": watched,
        }
        print(json.dumps(told))


asyncio.run(main(sys.argv[1], sys.argv[2]))
