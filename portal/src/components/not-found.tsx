import { Link } from '@tanstack/react-router'

import { Notice } from '@/components/ui/notice'
import { texts } from '@/texts'

/** What stands where an address leads nowhere. */
export function NotFound() {
  return (
    <Notice tone="still">
      <title>{`${texts.notFound.title} · ${texts.product}`}</title>
      <h1 className="font-medium text-foreground">{texts.notFound.title}</h1>
      <p>{texts.notFound.remedy}</p>
      <Link to="/" className="underline">
        {texts.harnesses.title}
      </Link>
    </Notice>
  )
}
