/** Every text of the portal. The words are those of the glossary in contracts/vocabulary.py. */

const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`

const phase: Readonly<Record<string, string>> = {
  queued: 'Queued',
  launching: 'Launching',
  running: 'Running',
  awaiting_recovery: 'Awaiting recovery',
  proposing: 'Proposing',
  awaiting_decision: 'Awaiting decision',
  applying: 'Applying',
  proving: 'Proving',
  succeeded: 'Succeeded',
  failed: 'Failed',
  cancelled: 'Cancelled',
}

const purpose: Readonly<Record<string, string>> = {
  onboard: 'Onboarding',
  work: 'Work',
  apply: 'Apply',
  probe: 'Probe',
  repair: 'Repair',
}

const continuity: Readonly<Record<string, string>> = { fresh: 'Fresh', resume: 'Resume' }

export const texts = {
  product: 'FractalOps',
  skipToContent: 'Skip to the content',
  tryAgain: 'Try again',
  close: 'Close',
  navigation: { label: 'Pages' },
  palette: {
    title: 'Go to or do',
    keys: 'Ctrl K',
    placeholder: 'Type a page, a harness or an action…',
    found: 'What was found',
    nothing: 'Nothing is called so.',
    groups: { pages: 'Pages', harnesses: 'Harnesses', actions: 'Actions' },
  },
  keyboard: { title: 'Keyboard shortcuts' },
  theme: {
    label: 'Colours',
    names: { system: 'As the system', light: 'Light', dark: 'Dark' },
    choose: (name: string) => `Colours: ${name.toLowerCase()}`,
  },
  notFound: { title: 'There is nothing at this address.', remedy: 'It may be of another organization, or mistyped. Go back, or to' },
  pageFailed: { title: 'This page could not be shown.', remedy: 'Something in it broke, or it could not be fetched. The rest of the portal goes on.' },
  starting: {
    loading: 'Starting…',
    failed: 'The portal does not know where its servers are.',
    failedRemedy: 'Its own server gave no settings. Look whether the stack is up, then try again.',
  },
  signIn: {
    title: 'Sign in',
    email: 'Email',
    password: 'Password',
    submit: 'Sign in',
    busy: 'Signing in…',
    wrong: 'Email or password is wrong.',
    tooMany: 'Too many attempts. Wait a minute, then try again.',
    unreachable: 'The sign-in service does not answer. Try again in a moment.',
    ended: 'Your session ended. Sign in again.',
    keptWhileAway: 'What you were doing stays as it is.',
    asSomeoneElse: 'Sign in as someone else',
  },
  session: {
    signOut: 'Sign out',
    signedInAs: (email: string) => `Signed in as ${email}`,
  },
  harnesses: {
    title: 'Harnesses',
    loading: 'Reading the harnesses…',
    empty: 'No harness has run yet.',
    emptyRemedy: 'One appears here as soon as onboarding begins or work launches.',
    failed: 'The harnesses could not be read.',
    failedBecause: {
      unreachable: 'The GraphQL server does not answer.',
      noOrganization: 'You are a member of no organization. Ask an owner to add you.',
      signedOut: 'Your session is no longer accepted. Sign out, then sign in again.',
      refused: 'The GraphQL server refused the question.',
    },
    limited: (count: number) => `The ${count} harnesses that changed last.`,
    groups: { waiting: 'Waiting for someone', underWay: 'Under way', ended: 'Ended' },
    phase,
    purpose,
    continuity,
    continuityTitle: 'Continuity: how the harness takes up its work',
    steps: (done: number, total: number) => `${done} of ${counted(total, 'step')}`,
    progress: (title: string) => `Progress of ${title}`,
    needs: 'Needs',
    updated: 'Changed',
    ended: 'Ended',
    took: 'Took',
    openFor: 'Open for',
    browserFirst: { observed: 'Browser observed', missing: 'Browser not yet observed' },
    proof: 'Proof recorded',
  },
  connection: {
    connecting: 'Connecting…',
    live: 'Live',
    stale: 'Stale, reconnecting…',
    staleSince: 'What you see was read',
    neverRead: 'Nothing has been read yet.',
  },
  time: {
    justNow: 'just now',
    ago: (span: string) => `${span} ago`,
    seconds: (count: number) => `${count} s`,
    minutes: (count: number) => `${count} min`,
    hours: (count: number) => `${count} h`,
    days: (count: number) => `${count} d`,
  },
} as const
