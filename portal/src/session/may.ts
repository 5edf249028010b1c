import { ROLES_OF } from '@/__generated__/roles'
import { useViewer } from '@/session/viewer'

/** An operation of the portal. */
export type Operation = keyof typeof ROLES_OF

/** Whether the viewer's role may send an operation; the server judges by itself. */
export function useMay(): (operation: Operation) => boolean {
  const { role } = useViewer()
  return (operation) => role !== null && (ROLES_OF[operation] as readonly string[]).includes(role)
}
