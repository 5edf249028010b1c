/** What the portal says about organizations and switching between them. */
export const organizations = {
  label: 'Organization',
  choose: (name: string) => `Organization: ${name}. Switch to another`,
  switchTo: (name: string) => `Switch to ${name}`,
  switching: (name: string) => `Switching to ${name}…`,
  unnamed: 'Organization without a name',
  stays: (why: string, name: string) => `${why} You are still in ${name}.`,
  unreachable: 'The sign-in server does not answer.',
  refused: 'The sign-in server refused the switch.',
  notMember: (name: string) => `You are no longer a member of ${name}.`,
  left: (former: string, now: string) => `You are no longer a member of ${former}. This is ${now}.`,
  dismiss: 'Close',
  none: {
    title: 'You are a member of no organization',
    remedy: 'Ask an owner to add you under the address that you signed in with, then look again.',
    again: 'Look again',
    looking: 'Looking…',
    still: 'Nobody has added you yet.',
  },
}
