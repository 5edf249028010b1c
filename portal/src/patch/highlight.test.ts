import { describe, expect, it } from 'vitest'

import { languageOf, piecesOf } from '@/patch/highlight'

describe('colours', () => {
  it('follow the language of the file', () => {
    expect(piecesOf('def add(a): # plus', languageOf('basket/sums.py'))).toContainEqual(['def', 'keyword'])
    expect(piecesOf('def add(a): # plus', languageOf('notes.unknown'))).toEqual([['def add(a): # plus', null]])
  })
  it.each(['<script>alert(1)</script>', 'a\u202eb', "'\"`${x}", ''])('keep every character of %j', (line) => {
    expect(piecesOf(line, 'typescript').map(([text]) => text).join('')).toBe(line)
  })
  it('leave very long lines alone', () => {
    expect(piecesOf('x'.repeat(5000), 'python')).toEqual([['x'.repeat(5000), null]])
  })
})
