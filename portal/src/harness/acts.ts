import { ROLES_OF } from '@/__generated__/roles'
import type { Harness } from '@/harnesses/projection'
import type { Viewer } from '@/session/viewer'

const CANCELLABLE = ['queued', 'launching', 'running', 'awaiting_recovery', 'awaiting_decision']
const ENDED = ['succeeded', 'failed', 'cancelled']

/** What the viewer may do with a harness; the platform judges each act itself. */
export const may = {
  /** Before an effect can have been had. */
  cancel: ({ purpose, phase }: Harness, { role }: Viewer): boolean =>
    purpose === 'work' && CANCELLABLE.includes(phase) && ROLES_OF.CancelHarness.some((one) => one === role),
  /** Once it has ended; the same work goes on in a new harness. */
  launchAgain: ({ workId, phase }: Harness, { role }: Viewer): boolean =>
    workId !== null && ENDED.includes(phase) && ROLES_OF.LaunchAgain.some((one) => one === role),
}
