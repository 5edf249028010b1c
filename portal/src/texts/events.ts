import { counted } from '@/texts/counted'
import { recovery } from '@/texts/recovery'

/** What a sentence takes out of an event's data; a member that is not there ends the sentence. */
export interface Said {
  readonly text: (name: string) => string
  readonly count: (name: string) => number
  readonly is: (name: string) => boolean
  /** Empty where the member is null or not there. */
  readonly maybe: (name: string) => string
}

const COMMIT_SHOWN = 12

const ending = (text: string) => (text === '' ? '.' : `: ${text}`)
const also = (text: string) => (text === '' ? '' : ` ${text}`)
const chosen = (choice: string) => recovery.choices[choice] ?? choice

/** What happened, in a sentence for each type of event. */
export const eventSentences: Readonly<Record<string, (of: Said) => string>> = {
  HarnessQueued: (of) => `Queued: ${of.text('title')}`,
  HarnessLaunched: (of) => of.text('headline'),
  HarnessResumed: () => 'It is known what survived of the earlier harness, and what was lost.',
  HarnessCancelled: (of) => `Cancelled${ending(of.maybe('reason'))}`,
  StepStarted: (of) => of.text('headline'),
  HarnessSucceeded: (of) => of.text('headline'),
  HarnessFailed: (of) => `Failed: ${of.text('reason')}${also(of.maybe('remedy'))}`,
  ChangeTaken: (of) => (of.count('files_changed') === 0 ? 'The command ended and changed nothing.' : `The command ended; ${counted(of.count('files_changed'), 'file')} changed.`),
  RecoveryOpened: (of) => `It waits for an answer: ${of.text('says')}${also(of.maybe('wants'))}`,
  RecoveryResolved: (of) => `Answered: ${chosen(of.text('choice'))}.`,
  RecoveryAbandoned: () => 'Nobody answered in time.',
  WorkCreated: (of) => `Described: ${of.text('title')}`,
  OnboardingCheckFinished: (of) => `${of.text('subject_name')}: ${of.text('state')}. ${of.text('detail')}${also(of.maybe('remedy'))}`,
  OrganizationActivated: (of) => `The organization is active: ${counted(of.count('checks_passed'), 'check')} passed.`,
  MemberAdded: (of) => `${of.text('name')} is a member now, as ${of.text('role')}.`,
  MemberChanged: (of) => `${of.text('name')} is ${of.text('role')} now, and was ${of.text('former_role')}.`,
  MemberRemoved: (of) => `${of.text('name')}, who was ${of.text('role')}, is a member no more.`,
  EndpointDeclared: (of) => `The endpoint ${of.text('name')} was declared, of kind ${of.text('kind')}.`,
  EndpointRevised: (of) => `The contract of the endpoint ${of.text('name')} was replaced; this is version ${of.count('version')}.`,
  EndpointRetired: (of) => `The endpoint ${of.text('name')} was taken out of use.`,
  SecretContractDeclared: (of) => `The secret contract ${of.text('name')} was declared.`,
  SecretContractRevised: (of) => `The secret contract ${of.text('name')} was replaced; this is version ${of.count('version')}.`,
  SecretValueReceived: (of) => `A sealed value came for the secret contract ${of.text('name')}, version ${of.count('version')}.`,
  RuntimeAssetDeclared: (of) => `The runtime asset ${of.text('name')} was declared, of kind ${of.text('kind')}.`,
  RuntimeAssetRevised: (of) => `The runtime asset ${of.text('name')} was replaced; this is version ${of.count('version')}.`,
  RuntimeAssetRetired: (of) => `The runtime asset ${of.text('name')} was taken out of use.`,
  ProposalSubmitted: (of) => `Proposed: ${of.text('title')} (${counted(of.count('approvals_required'), 'approval')} wanted).`,
  ProposalApproved: (of) => `Approved: ${of.count('approvals')} of ${counted(of.count('required'), 'approval')}.${of.is('execution_queued') ? ' The execution is queued.' : ''}`,
  ProposalRejected: (of) => `Rejected: ${of.text('reason')}`,
  ProposalWithdrawn: () => 'The proposer took the proposal back.',
  ExecutionStarted: () => 'The execution began.',
  ExecutionSucceeded: (of) => `Commit ${of.text('commit_id').slice(0, COMMIT_SHOWN)} is on ${of.text('target_branch')}.`,
  CallSucceeded: (of) => `${of.text('method')} ${of.text('path')} was answered with status ${of.count('status')}, as expected.`,
  ExecutionFailed: (of) => `The execution failed: ${of.text('reason')}`,
  ProofRecorded: (of) => `The proof is recorded as leaf ${of.count('leaf_index')} of the log.`,
  ProjectionRepairStarted: () => 'The rows of the live read are held against their events.',
  ProjectionRepaired: (of) => `${of.count('rows')} of ${counted(of.count('harnesses'), 'row')} had to be put right.`,
}
