import { describe, expect, it, vi } from 'vitest'

import { PAUSE_MAX_MS, pressed, type Press } from '@/keyboard/sequence'

function typed(keys: readonly Press[]): string[] {
  const called: string[] = []
  const bindings = Object.fromEntries(['?', 'g h', 'g p', 'j'].map((name) => [name, vi.fn(() => called.push(name))]))
  let kept: Press | null = null
  for (const press of keys) {
    const { call, kept: left } = pressed(bindings, kept, press)
    call?.()
    kept = left
  }
  return called
}

const at = (key: string, atMs = 0): Press => ({ key, atMs })

describe('keys', () => {
  it('call what a single key is bound to', () => {
    expect(typed([at('?'), at('j')])).toEqual(['?', 'j'])
  })
  it('call what two keys one after the other are bound to', () => {
    expect(typed([at('g'), at('p')])).toEqual(['g p'])
  })
  it('begin anew after a pause', () => {
    expect(typed([at('g'), at('h', PAUSE_MAX_MS + 1)])).toEqual([])
  })
  it('that begin nothing with the one before count alone', () => {
    expect(typed([at('g'), at('j')])).toEqual(['j'])
  })
  it('that begin a sequence again keep the later one', () => {
    expect(typed([at('g'), at('g'), at('h')])).toEqual(['g h'])
  })
})
