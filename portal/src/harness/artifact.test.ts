import { describe, expect, it } from 'vitest'

import { digestOf, imageTypeOf, LINE_SHOWN_MAX, linesOf, shownOf, showingOf } from '@/harness/artifact'

describe('an artifact', () => {
  it.each([
    ['text/plain; charset=utf-8', 'utf-8', 'text'],
    ['application/json', 'utf-8', 'text'],
    ['application/vnd.in-toto+json', 'utf-8', 'text'],
    ['text/html', 'utf-8', 'text'],
    ['image/svg+xml', 'utf-8', 'text'],
    ['text/x-diff', 'utf-8', 'patch'],
    ['text/x-diff', 'base64', 'nothing'],
    ['text/plain', 'base64', 'nothing'],
    ['IMAGE/PNG', 'base64', 'image'],
    ['image/webp', 'base64', 'image'],
    ['image/svg+xml', 'base64', 'nothing'],
    ['application/pdf', 'base64', 'nothing'],
    ['application/octet-stream', 'utf-8', 'nothing'],
    ['', 'utf-8', 'nothing'],
  ])('of %s in %s is shown as %s', (media_type, encoding, showing) => {
    expect(showingOf({ media_type, encoding })).toBe(showing)
  })

  it('that is a picture is never given to the browser as something that runs', () => {
    expect(['image/jpeg', 'Image/GIF; x=y', 'image/svg+xml', 'text/html'].map(imageTypeOf)).toEqual(['image/jpeg', 'image/gif', 'image/png', 'image/png'])
  })

  it('has the digest that the platform writes', async () => {
    expect(await digestOf(new TextEncoder().encode('abc'))).toBe('sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  })
})

describe('a text', () => {
  it.each([
    ['', []],
    ['a', ['a']],
    ['a\n', ['a']],
    ['a\r\nb\rc\n\n', ['a', 'b', 'c', '']],
  ])('%j has the lines %j', (text, lines) => {
    expect(linesOf(text)).toEqual(lines)
  })

  it('is shown with very long lines cut', () => {
    expect(shownOf('x'.repeat(LINE_SHOWN_MAX))[1]).toBe(0)
    const [shown, more] = shownOf('x'.repeat(1_000_000))
    expect([shown.length, more]).toEqual([LINE_SHOWN_MAX, 1_000_000 - LINE_SHOWN_MAX])
  })
})
