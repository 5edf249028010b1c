import { describe, expect, it } from 'vitest'

import { ROLES_OF } from '@/__generated__/roles'

describe('the operations of the portal', () => {
  it('let everybody who signs in read the live list', () => {
    expect(ROLES_OF.HarnessesSince).toEqual(['viewer', 'operator', 'approver', 'owner'])
  })
})
