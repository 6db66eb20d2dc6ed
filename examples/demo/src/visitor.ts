/** Somebody who is signed in to the web app, with a browser that runs no JavaScript. */
export interface Visitor {
  get(path: string): Promise<Response>
  /** Sends JSON. */
  post(path: string, body: object): Promise<Response>
  /** Opens a page and sends its form, filled in with `fields`; `onOpened` is awaited between the two. */
  submit(
    path: string,
    fields: Readonly<Record<string, string>>,
    onOpened: () => Promise<unknown>,
  ): Promise<Response>
}

/** Signs in; rejects when that fails. */
export async function signIn(webUrl: string, email: string, password: string): Promise<Visitor> {
  const send = (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(webUrl + path, { redirect: 'manual', ...init })
  const asJson = (body: object): RequestInit => ({
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const answer = await send('/api/session', asJson({ email, password }))
  if (!answer.ok)
    throw new Error(`signing in as ${email} answered ${answer.status}: ${await answer.text()}`)
  const cookie = answer.headers
    .getSetCookie()
    .map(header => header.split(';', 1)[0])
    .join('; ')

  const visit = (path: string, { headers, ...init }: RequestInit = {}): Promise<Response> =>
    send(path, {
      ...init,
      headers: { ...(headers as Record<string, string>), cookie, origin: webUrl },
    })
  return {
    get: path => visit(path),
    post: (path, body) => visit(path, asJson(body)),
    async submit(path, fields, onOpened) {
      const form = readHiddenFields(await (await visit(path)).text())
      await onOpened()
      for (const [name, value] of Object.entries(fields)) form.set(name, value)
      return visit(path, { method: 'POST', body: form })
    },
  }
}

/** What the form of a page holds already: by its hidden fields Next.js finds the server action. */
export function readHiddenFields(page: string): FormData {
  const form = new FormData()
  for (const [input] of page.matchAll(/<input[^>]*type="hidden"[^>]*>/g)) {
    form.append(readAttribute(input, 'name'), readAttribute(input, 'value'))
  }
  return form
}

const readAttribute = (tag: string, name: string): string =>
  new RegExp(`${name}="([^"]*)"`).exec(tag)?.[1] ?? ''
