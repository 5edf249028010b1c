const fields: Readonly<Record<string, string>> = {
  title: 'Title',
  run: 'RUN: the command that does the work',
  verify: 'VERIFY: the command that shows that it helped',
  branch: 'Branch',
  target_branch: 'Target branch',
  run_timeout_s: 'RUN may take, in seconds',
  verify_timeout_s: 'VERIFY may take, in seconds',
}

const interactions: Readonly<Record<string, string>> = { any: 'Any', browser_first: 'Browser first: a browser looks at the endpoint before anything else' }

/** The texts of describing work and launching it. */
export const work = {
  title: 'Work',
  create: 'Describe work',
  loading: 'Reading the work…',
  failed: 'The work could not be read.',
  empty: 'No work is described yet.',
  emptyRemedy: 'Operators and owners describe what they want done; launched, it becomes a harness.',
  more: 'Show more',
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
