import { beforeAll, describe, expect, it } from 'vitest'

import { languageOf, piecesOf, readGrammar } from '@/patch/highlight'

beforeAll(() => Promise.all(['python', 'typescript'].map(readGrammar)))

describe('colours', () => {
  it('follow the language of the file', () => {
    expect(piecesOf('def add(a): # plus', languageOf('basket/sums.py'))).toContainEqual(['def', 'keyword'])
    expect(piecesOf('def add(a): # plus', languageOf('notes.unknown'))).toEqual([['def add(a): # plus', null]])
  })
  it.each(['<script>alert(1)</script>', 'a\u202eb', "'\"`${x}", ''])('keep every character of %j', (line) => {
    expect(piecesOf(line, 'typescript').map(([text]) => text).join('')).toBe(line)
  })
  it('are not there before the language was fetched', () => {
    expect(piecesOf('fn main() {}', languageOf('src/main.rs'))).toEqual([['fn main() {}', null]])
  })
  it('know files by their endings and by their names', () => {
    expect(['a.tsx', 'Makefile', 'Dockerfile', 'deep/x.YML', 'LICENSE'].map(languageOf)).toEqual(['typescript', 'makefile', 'bash', 'yaml', null])
  })
  it('leave very long lines alone', () => {
    expect(piecesOf('x'.repeat(5000), 'python')).toEqual([['x'.repeat(5000), null]])
  })
})
