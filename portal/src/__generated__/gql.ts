/* eslint-disable */
import * as types from './graphql';



/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "\n  query Harnesses($limit: Int!) {\n    harness_projection(order_by: { updated_at: desc }, limit: $limit) {\n      harness_id\n      purpose\n      title\n      continuity\n      phase\n      headline\n      step\n      steps_done\n      steps_total\n      interaction\n      browser_observed\n      needs\n      proof_id\n      last_position\n      started_at\n      updated_at\n      finished_at\n    }\n  }\n": typeof types.HarnessesDocument,
};
const documents: Documents = {
    "\n  query Harnesses($limit: Int!) {\n    harness_projection(order_by: { updated_at: desc }, limit: $limit) {\n      harness_id\n      purpose\n      title\n      continuity\n      phase\n      headline\n      step\n      steps_done\n      steps_total\n      interaction\n      browser_observed\n      needs\n      proof_id\n      last_position\n      started_at\n      updated_at\n      finished_at\n    }\n  }\n": types.HarnessesDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Harnesses($limit: Int!) {\n    harness_projection(order_by: { updated_at: desc }, limit: $limit) {\n      harness_id\n      purpose\n      title\n      continuity\n      phase\n      headline\n      step\n      steps_done\n      steps_total\n      interaction\n      browser_observed\n      needs\n      proof_id\n      last_position\n      started_at\n      updated_at\n      finished_at\n    }\n  }\n"): typeof import('./graphql').HarnessesDocument;


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}
