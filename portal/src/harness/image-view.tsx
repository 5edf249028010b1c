import { useEffect, useRef, useState } from 'react'

import { Notice } from '@/components/ui/notice'
import { imageTypeOf } from '@/harness/artifact'
import { texts } from '@/texts'

/** A picture out of bytes. Whatever they are, they are given to the browser as one of four types that run nothing. */
export function ImageView({ bytes, mediaType, name }: { bytes: Uint8Array<ArrayBuffer>; mediaType: string; name: string }) {
  const picture = useRef<HTMLImageElement>(null)
  const [isBroken, setIsBroken] = useState(false)
  useEffect(() => {
    const url = URL.createObjectURL(new Blob([bytes], { type: imageTypeOf(mediaType) }))
    picture.current?.setAttribute('src', url)
    return () => {
      URL.revokeObjectURL(url)
    }
  }, [bytes, mediaType])
  if (isBroken) {
    return <Notice tone="waiting">{texts.harness.artifacts.brokenImage}</Notice>
  }
  return (
    <div className="flex max-h-[70dvh] justify-center overflow-auto rounded-lg border bg-background p-3">
      <img ref={picture} alt={name} onError={() => { setIsBroken(true) }} className="max-w-full self-start object-contain" />
    </div>
  )
}
