/** The roles that may ask each operation. */
export const ROLES_OF = {
  ApproveProposal: ['approver', 'owner'],
  ArtifactBody: ['viewer', 'operator', 'approver', 'owner'],
  EventData: ['viewer', 'operator', 'approver', 'owner'],
  HarnessEvents: ['viewer', 'operator', 'approver', 'owner'],
  HarnessFacts: ['viewer', 'operator', 'approver', 'owner'],
  HarnessRow: ['viewer', 'operator', 'approver', 'owner'],
  Harnesses: ['viewer', 'operator', 'approver', 'owner'],
  LaunchDiagnostics: ['operator', 'owner'],
  Patch: ['viewer', 'operator', 'approver', 'owner'],
  Proposal: ['viewer', 'operator', 'approver', 'owner'],
  Proposals: ['viewer', 'operator', 'approver', 'owner'],
  RejectProposal: ['approver', 'owner'],
  WithdrawProposal: ['operator', 'owner'],
} as const
