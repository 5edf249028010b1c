const fields: Readonly<Record<string, string>> = {
  title: 'Title',
  run: 'RUN: the command that does the work',
  verify: 'VERIFY: the command that shows that it helped',
  branch: 'Branch',
  target_branch: 'Target branch',
  run_timeout_s: 'RUN may take, in seconds',
  verify_timeout_s: 'VERIFY may take, in seconds',
}

/** What there is to choose from when work is described. */
const kinds = { change: 'A change of a repository', call: 'A call of an endpoint' }

/** Describing work that is one call of an endpoint. */
const call = {
  place: (method: string, path: string) => `${method} ${path}`,
  noPlaces: 'A call needs an endpoint that speaks HTTP and a runtime asset, and the organization lacks one of them. See',
  runtimeHint: 'Its limits count for the call.',
  method: 'Method',
  path: 'Path',
  pathHint: 'Below the URL of the endpoint’s contract, such as /v1/things; a query has its own fields.',
  why: 'Why it should be sent',
  whyHint: 'Who decides reads it.',
  expect: 'Expected status',
  expectHint: 'One or several, with commas between them. Any other makes the execution fail.',
  timeout: 'Waits for an answer, in milliseconds',
  repeated: 'Header that makes it safe to send again',
  repeatedHint: 'By which the endpoint knows a request that it had before, such as Idempotency-Key. Without one, a POST or PATCH is sent once.',
  query: { title: 'Parameters of the query', one: (number: number) => `Parameter ${number}`, add: 'Add a parameter', remove: (number: number) => `Remove parameter ${number}` },
  headers: { title: 'Headers', one: (number: number) => `Header ${number}`, add: 'Add a header', remove: (number: number) => `Remove header ${number}` },
  headersHint: 'Never a credential: the endpoint’s contract says how the call authenticates.',
  name: 'Name',
  value: 'Value',
  body: 'Body',
  mediaType: 'Media type',
  text: 'What is sent',
  addBody: 'Add a body',
  removeBody: 'Remove the body',
}

const interactions: Readonly<Record<string, string>> = { any: 'Any', browser_first: 'Browser first: a browser looks at the endpoint before anything else' }

/** The texts of describing work and launching it. */
export const work = {
  title: 'Work',
  create: 'Describe work',
  kind: 'What sort of work',
  kinds,
  call,
  loading: 'Reading the work…',
  failed: 'The work could not be read.',
  empty: 'No work is described yet.',
  emptyRemedy: 'Operators and owners describe what they want done; launched, it becomes a harness.',
  more: 'Show more',
  remove: 'Remove',
  created: 'Described',
  neverLaunched: 'Not launched yet.',
  harnesses: 'Harnesses',
  harnessesOf: (count: number) => (count === 1 ? '1 harness' : `${count} harnesses`),
  specification: 'What is wanted',
  endpoint: 'Endpoint',
  runtimeAsset: 'Runtime asset',
  interaction: 'Interaction',
  interactions,
  fields,
  launch: 'Launch',
  continuity: 'Continuity',
  continuityHint: 'Fresh begins anew. Resume goes on with what an earlier harness of this work left; the new one says what survived.',
  mayNot: 'Operators and owners describe work.',
  placesLoading: 'Reading where work can run…',
  placesFailed: 'It could not be read where work can run.',
  noPlaces: 'Work needs a git endpoint and a sandbox, and the organization lacks one of them. See',
  runHint: 'Runs in a sandbox, in a checkout of the repository. What it changes is proposed.',
  verifyHint: 'Runs on the approved change before it is pushed; anything but exit code 0 stops it.',
  branchHint: 'What is cloned; left empty, the branch that the repository names.',
  targetHint: 'Where the change goes; left empty, the same branch.',
}
