import { describe, expect, it } from 'vitest'

import { rowsOf, type PatchRow } from '@/patch/rows'

const PATCH = `diff --git a/a.txt b/a.txt
index 1..2 100644
--- a/a.txt
+++ b/a.txt
@@ -1,4 +1,3 @@
 same
-old one
-old two
+new one
 end
diff --git a/b.png b/b.png
new file mode 100644
index 0000000..1
GIT binary patch
literal 3
KcmZQzU|<Mf0RaF3

literal 0
HcmV?d00001

diff --git a/from.txt b/to.txt
similarity index 100%
rename from from.txt
rename to to.txt
`

const said = (row: PatchRow): string => {
  switch (row.is) {
    case 'file':
      return `${row.file.kind} ${row.file.path} +${row.file.added} -${row.file.deleted}`
    case 'place':
      return row.text
    case 'noLines':
      return 'no lines'
    case 'line':
      return `${row.before?.number ?? ''}|${row.before?.text ?? ''}||${row.after?.number ?? ''}|${row.after?.text ?? ''}`
  }
}

describe('a patch', () => {
  it('is told in one column as git writes it', () => {
    expect(rowsOf(PATCH, 'unified').map(said)).toEqual([
      'modified a.txt +1 -2',
      '@@ -1,4 +1,3 @@',
      '1|same||1|same',
      '2|old one|||',
      '3|old two|||',
      '|||2|new one',
      '4|end||3|end',
      'added b.png +0 -0',
      'no lines',
      'renamed to.txt +0 -0',
      'no lines',
    ])
  })
  it('is told in two columns with what was replaced beside what replaces it', () => {
    expect(rowsOf(PATCH, 'split').map(said).slice(2, 6)).toEqual([
      '1|same||1|same',
      '2|old one||2|new one',
      '3|old two|||',
      '4|end||3|end',
    ])
  })
  it('keeps names that need quotes, and lines that look like heads', () => {
    const odd = ['diff --git "a/\\303\\244 b.txt" "b/\\303\\244 b.txt"', '--- "a/\\303\\244 b.txt"', '+++ "b/\\303\\244 b.txt"', '@@ -1 +1 @@', '--- x', '+++ y', '']
    expect(rowsOf(odd.join('\n'), 'unified').map(said)).toEqual(['modified ä b.txt +1 -1', '@@ -1,1 +1,1 @@', '1|-- x|||', '|||1|++ y'])
  })
  it('of nothing has no rows', () => {
    expect(rowsOf('', 'split')).toEqual([])
  })
  it('of 20,000 lines is read within a moment', () => {
    const lines = Array.from({ length: 20_000 }, (_, at) => `+line ${at}`).join('\n')
    const rows = rowsOf(`diff --git a/a b/a\n--- a/a\n+++ b/a\n@@ -0,0 +1,20000 @@\n${lines}\n`, 'unified')
    expect(rows).toHaveLength(20_002)
    expect(rows[1]).toEqual({ is: 'place', text: '@@ -0,0 +1,20000 @@' })
  })
})
