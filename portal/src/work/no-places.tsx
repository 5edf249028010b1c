import { Link } from '@tanstack/react-router'

import { Notice } from '@/components/ui/notice'
import { texts } from '@/texts'

/** What the organization lacks, and where it is declared. */
export function NoPlaces({ says }: { says: string }) {
  return (
    <Notice tone="waiting">
      {says}{' '}
      <Link to="/onboarding" search={{ step: 'endpoints' }} className="underline">
        {texts.onboarding.title}
      </Link>
    </Notice>
  )
}
