// Uses what was generated, so that the compiler holds this file to the engine's schema.
import { AddBookDocument, BooksDocument, type BooksQueryVariables } from "./generated/graphql"
import type { ResultOf, VariablesOf } from "@graphql-typed-document-node/core"

export const variables: BooksQueryVariables = {
  where: { _and: [{ rating: { _gte: 4 } }, { author: { name: { _ilike: "u%" } } }] },
  order_by: [{ author: { name: "asc" } }],
}

export function firstTitle(answer: ResultOf<typeof BooksDocument>): string | undefined {
  return answer.book[0]?.title
}

export const added: VariablesOf<typeof AddBookDocument> = { book: { title: "The Lathe of Heaven", author_id: 1 } }

// @ts-expect-error  there is no such column
export const wrongColumn: BooksQueryVariables = { where: { colour: { _eq: "red" } } }

// @ts-expect-error  a title is text
export const wrongType: BooksQueryVariables = { where: { title: { _eq: 1 } } }

// @ts-expect-error  rows are ordered by the engine's own directions
export const wrongDirection: BooksQueryVariables = { order_by: [{ title: "upwards" }] }
