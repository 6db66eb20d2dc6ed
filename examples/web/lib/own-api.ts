/** What a call of our own API gave: its body, or its problem in words. */
export type Answer<Body> =
  | { readonly body: Body; readonly problem?: undefined }
  | { readonly body?: undefined; readonly problem: string }

/** Sends JSON from the browser to our own API. Never rejects. */
export function sendJson<Body>(path: string, body: unknown): Promise<Answer<Body>> {
  return ask(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
}

/** Asks our own API from the browser. Never rejects. */
export async function ask<Body>(path: string, init?: RequestInit): Promise<Answer<Body>> {
  try {
    const response = await fetch(path, init)
    if (response.ok) return { body: (await response.json()) as Body }
    const { error } = (await response.json()) as { error: { message: string } }
    return { problem: error.message }
  } catch {
    // No answer, or none of ours: a handler that failed has no words for it.
    return { problem: 'That did not work. Try again in a moment.' }
  }
}
