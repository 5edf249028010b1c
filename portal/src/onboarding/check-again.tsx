import { useAction } from '@/actions/use-action'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { useMay } from '@/session/may'
import { CHECK_ONBOARDING } from '@/onboarding/questions'
import { texts } from '@/texts'

const words = texts.onboarding.check

/** Running every check again, after something was mended. */
export function CheckAgain() {
  const may = useMay()
  const action = useAction(CHECK_ONBOARDING)
  if (!may('CheckOnboarding')) {
    return <p className="text-sm text-muted-foreground">{words.operatorsOnly}</p>
  }
  return (
    <div className="flex flex-col items-start gap-2">
      <Button disabled={action.busy} onClick={() => void action.act({})}>
        {action.busy ? words.sending : words.again}
      </Button>
      {action.refusal !== null && (
        <div role="alert">
          <Notice tone="bad">{action.refusal}</Notice>
        </div>
      )}
    </div>
  )
}
