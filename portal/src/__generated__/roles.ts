/** The roles that may ask each operation. */
export const ROLES_OF = {
  Harnesses: ['viewer', 'operator', 'approver', 'owner'],
} as const
