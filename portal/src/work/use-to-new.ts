import { useNavigate } from '@tanstack/react-router'

/** Leads to where work is described. */
export function useToNew(): () => void {
  const navigate = useNavigate()
  return () => void navigate({ to: '/work/new', search: { kind: 'change' } })
}
