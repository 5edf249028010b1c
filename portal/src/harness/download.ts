const KEPT_FOR_MS = 60_000

/** Gives bytes to the person as a file. Its type says nothing, so that no browser shows it as a page. */
export function download(name: string, bytes: Uint8Array<ArrayBuffer>): void {
  const url = URL.createObjectURL(new Blob([bytes], { type: 'application/octet-stream' }))
  const link = document.createElement('a')
  link.href = url
  link.download = fileName(name)
  link.click()
  // The browser may still be reading it.
  setTimeout(() => {
    URL.revokeObjectURL(url)
  }, KEPT_FOR_MS)
}

const NAME_MAX = 120

/** A name that stands for a file in one folder everywhere. */
export function fileName(name: string): string {
  const bare = name.replaceAll(/[^\p{L}\p{N}._-]+/gu, '_').replace(/^\.+/, '')
  return bare === '' ? 'file' : bare.slice(-NAME_MAX)
}
