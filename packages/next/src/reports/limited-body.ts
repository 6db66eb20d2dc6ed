/** What reading a body came to. */
export type LimitedBody =
  | { readonly outcome: 'read'; readonly text: string }
  | { readonly outcome: 'too_large' | 'malformed' }

/** Reads a body of at most so many bytes as text, and no byte more than it has to; `malformed` is one that broke off. */
export async function readLimited(
  { headers, body }: Pick<Request, 'headers' | 'body'>,
  maxBytes: number,
): Promise<LimitedBody> {
  if (Number(headers.get('content-length')) > maxBytes) return { outcome: 'too_large' }
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  try {
    // Leaving the loop cancels the rest.
    for await (const chunk of body ?? []) {
      bytes += chunk.byteLength
      if (bytes > maxBytes) return { outcome: 'too_large' }
      text += decoder.decode(chunk, { stream: true })
    }
  } catch {
    // Who sends it has gone away; nobody reads the answer.
    return { outcome: 'malformed' }
  }
  return { outcome: 'read', text: text + decoder.decode() }
}
