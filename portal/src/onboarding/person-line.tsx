import { useState } from 'react'

import { useAction } from '@/actions/use-action'
import { Button } from '@/components/ui/button'
import { Confirm } from '@/components/ui/confirm'
import { Notice } from '@/components/ui/notice'
import { useMay } from '@/session/may'
import { CHANGE_MEMBER, REMOVE_MEMBER } from '@/onboarding/questions'
import type { Declared } from '@/onboarding/steps'
import { useViewer } from '@/session/viewer'
import { texts } from '@/texts'

const words = texts.onboarding.people

type Member = Declared['membership'][number]

/** One member: who it is, and for owners another role or none. */
export function PersonLine({ member }: { member: Member }) {
  const may = useMay()
  const { principalId } = useViewer()
  const remove = useAction(REMOVE_MEMBER)
  const { name, email, kind } = member.principal ?? { name: member.principal_id, email: null, kind: 'person' }
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 py-3" data-member={email ?? name}>
      <div className="min-w-0">
        <p className="font-medium wrap-anywhere">
          {name}
          {member.principal_id === principalId && <span className="font-normal text-muted-foreground"> ({words.you})</span>}
        </p>
        <p className="text-sm text-muted-foreground wrap-anywhere">{email ?? words.kinds[kind] ?? kind}</p>
      </div>
      {may('ChangeMember') ? (
        <div className="flex flex-wrap items-center gap-2">
          <RoleChoice member={member} name={name} />
          <Confirm
            name={words.remove}
            label={`${words.remove} ${name}`}
            title={words.removeTitle(name)}
            action={remove}
            onConfirm={() => remove.act({ principal_id: member.principal_id })}
          >
            {words.removeSays}
          </Confirm>
        </div>
      ) : (
        <span className="text-sm">{words.roles[member.role] ?? member.role}</span>
      )}
    </li>
  )
}

function RoleChoice({ member, name }: { member: Member; name: string }) {
  const change = useAction(CHANGE_MEMBER)
  const [role, setRole] = useState(member.role)
  return (
    <>
      <select
        aria-label={words.roleOf(name)}
        value={role}
        onChange={(event) => {
          setRole(event.target.value)
        }}
        className="min-h-10 max-w-full rounded-md border border-input bg-background px-3 text-sm"
      >
        {Object.entries(words.roles).map(([value, says]) => (
          <option key={value} value={value}>
            {says}
          </option>
        ))}
      </select>
      {role !== member.role && (
        <Button disabled={change.busy} onClick={() => void change.act({ principal_id: member.principal_id, role: role as 'viewer' })}>
          {change.busy ? texts.forms.sending : words.change}
        </Button>
      )}
      {change.refusal !== null && (
        <div role="alert" className="w-full">
          <Notice tone="bad">{change.refusal}</Notice>
        </div>
      )}
    </>
  )
}
