/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
export type HarnessesQueryVariables = Exact<{
  limit: number;
}>;


export type HarnessesQuery = { harness_projection: Array<{ harness_id: string, purpose: string, title: string, continuity: string, phase: string, headline: string, step: string | null, steps_done: number, steps_total: number, interaction: string | null, browser_observed: boolean, needs: string | null, proof_id: string | null, last_position: number, started_at: string, updated_at: string, finished_at: string | null }> };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}

export const HarnessesDocument = new TypedDocumentString(`
    query Harnesses($limit: Int!) {
  harness_projection(order_by: {updated_at: desc}, limit: $limit) {
    harness_id
    purpose
    title
    continuity
    phase
    headline
    step
    steps_done
    steps_total
    interaction
    browser_observed
    needs
    proof_id
    last_position
    started_at
    updated_at
    finished_at
  }
}
    `) as unknown as TypedDocumentString<HarnessesQuery, HarnessesQueryVariables>;