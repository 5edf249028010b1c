import { useNavigate } from '@tanstack/react-router'
import type { RefObject } from 'react'

import { GROUP_NAMES, PURPOSES, type HarnessSearch } from '@/harnesses/filter'
import { texts } from '@/texts'

const words = texts.harnesses.filter
const LOOK = 'min-h-10 rounded-md border border-input bg-card px-3 text-sm'

/** Which harnesses are looked for; it stands in the address, so that it can be sent to somebody. */
export function HarnessFilter({ search, field }: { search: HarnessSearch; field: RefObject<HTMLInputElement | null> }) {
  const navigate = useNavigate()
  const look = ({ group = search.group, purpose = search.purpose, mine = search.mine, q = search.q }: Wish) => {
    const next = { ...(group && { group }), ...(purpose && { purpose }), ...(mine && { mine: true as const }), ...(q && { q }) }
    void navigate({ to: '/', search: next, replace: true })
  }
  return (
    <search aria-label={words.label} className="mb-4 flex flex-wrap items-center gap-2">
      <input
        ref={field}
        type="search"
        aria-label={words.text}
        placeholder={words.text}
        defaultValue={search.q ?? ''}
        onChange={(event) => {
          look({ q: event.target.value })
        }}
        className={`${LOOK} min-w-48 grow sm:max-w-sm`}
      />
      <Select label={words.group} value={search.group ?? ''} options={GROUP_NAMES} called={texts.harnesses.groups} onChoose={(group) => { look({ group }) }} />
      <Select label={words.purpose} value={search.purpose ?? ''} options={PURPOSES} called={texts.harnesses.purpose} onChoose={(purpose) => { look({ purpose }) }} />
      <label className="flex min-h-10 cursor-pointer items-center gap-2 px-1 text-sm">
        <input
          type="checkbox"
          className="size-4 accent-primary"
          checked={search.mine === true}
          onChange={(event) => {
            look({ mine: event.target.checked })
          }}
        />
        {words.mine}
      </label>
    </search>
  )
}

/** What is to be looked for from now on; an empty text takes a wish back. */
interface Wish {
  readonly group?: HarnessSearch['group'] | ''
  readonly purpose?: string
  readonly mine?: boolean | undefined
  readonly q?: string
}

interface SelectProps<T extends string> {
  readonly label: string
  readonly value: string
  readonly options: readonly T[]
  readonly called: Readonly<Record<string, string>>
  readonly onChoose: (value: T | '') => void
}

function Select<T extends string>({ label, value, options, called, onChoose }: SelectProps<T>) {
  return (
    <select
      aria-label={label}
      value={value}
      onChange={(event) => {
        onChoose(options.find((one) => one === event.target.value) ?? '')
      }}
      className={LOOK}
    >
      <option value="">{label}</option>
      {options.map((one) => (
        <option key={one} value={one}>
          {called[one]}
        </option>
      ))}
    </select>
  )
}
