/** The roles that may ask each operation. */
export const ROLES_OF = {
  ApproveProposal: ['approver', 'owner'],
  Harnesses: ['viewer', 'operator', 'approver', 'owner'],
  Patch: ['viewer', 'operator', 'approver', 'owner'],
  Proposal: ['viewer', 'operator', 'approver', 'owner'],
  Proposals: ['viewer', 'operator', 'approver', 'owner'],
  RejectProposal: ['approver', 'owner'],
  WithdrawProposal: ['operator', 'owner'],
} as const
