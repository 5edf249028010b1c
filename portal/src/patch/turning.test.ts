import { describe, expect, it } from 'vitest'

import { unturned } from '@/patch/turning'

describe('code that would be read in another direction', () => {
  it('shows every sign that turns it by name, where it stands', () => {
    expect(unturned('if admin:\u202e\u2066 # no\u2069')).toEqual([
      ['if admin:', false],
      ['[U+202E]', true],
      ['[U+2066]', true],
      [' # no', false],
      ['[U+2069]', true],
    ])
  })
  it.each(['', 'return a + b', 'مرحبا', '👩‍💻', '[U+202E]'])('leaves %j as it is', (text) => {
    expect(unturned(text)).toEqual([[text, false]])
  })
})
