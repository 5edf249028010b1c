/** The bytes that an artifact's body stands for. */
export function bytesOf({ encoding, body }: { readonly encoding: string; readonly body: string }): Uint8Array<ArrayBuffer> {
  return encoding === 'base64' ? Uint8Array.from(atob(body), (character) => character.charCodeAt(0)) : new TextEncoder().encode(body)
}
