/** A call of the page to its own server. */
export interface Call {
  /** What it carries, so that the server continues the trace of the page. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  /** Ends it with its status, or with the name of the error that it ended with. */
  readonly end: (status: number, error?: string) => void
}

/** Begins a call; undefined of one that is left alone. */
export type BeginCall = (
  method: string,
  url: URL,
  headers: { has(name: string): boolean },
) => Call | undefined

/** Watches what the page fetches. What it is given, and what it gets, is the same. */
export function watchFetch(begin: BeginCall): void {
  const fetch = window.fetch.bind(window)
  window.fetch = (input, init) => {
    let call: Call | undefined
    try {
      const request = input instanceof Request ? input : undefined
      const headers = new Headers(init?.headers ?? request?.headers)
      call = begin(
        init?.method ?? request?.method ?? 'GET',
        absolute(request?.url ?? (input as string | URL)),
        headers,
      )
      if (call && request) {
        // What fetch() does with it, too: takes over its body, and leaves its headers as they are.
        const copy = new Request(request, init)
        for (const header of call.headers) copy.headers.set(...header)
        ;[input, init] = [copy, undefined]
      } else if (call) {
        for (const header of call.headers) headers.set(...header)
        init = { ...init, headers }
      }
    } catch {
      // An input that makes no request: fetch() says so to its caller.
    }
    const answer = fetch(input, init)
    if (call) {
      const { end } = call
      answer.then(
        ({ status }) => end(status),
        (error: unknown) => end(0, nameOf(error)),
      )
    }
    return answer
  }
}

/** Watches what the page asks for by XMLHttpRequest, as axios does. */
export function watchXhr(begin: BeginCall): void {
  const { prototype } = XMLHttpRequest
  // oxlint-disable-next-line typescript/unbound-method -- each is called on the request that it was called on
  const { open, send, setRequestHeader } = prototype
  const opened = new WeakMap<XMLHttpRequest, [method: string, url: URL, headers: Set<string>]>()
  prototype.open = function (this: XMLHttpRequest, ...args: unknown[]) {
    try {
      opened.set(this, [String(args[0]), absolute(args[1] as string | URL), new Set()])
    } catch {
      // An address that is none: open() says so to its caller.
    }
    Reflect.apply(open, this, args)
  }
  prototype.setRequestHeader = function (name, value) {
    opened.get(this)?.[2].add(name.toLowerCase())
    setRequestHeader.call(this, name, value)
  }
  prototype.send = function (body) {
    try {
      const request = opened.get(this)
      const call = request && begin(...request)
      if (call) {
        for (const header of call.headers) setRequestHeader.call(this, ...header)
        for (const ending of ['load', 'error', 'abort', 'timeout'])
          this.addEventListener(ending, () => call.end(this.status, ending), { once: true })
      }
    } catch {
      // Not opened yet: send() says so to its caller.
    }
    send.call(this, body)
  }
}

const absolute = (url: string | URL): URL => new URL(url, document.baseURI)

const nameOf = (error: unknown): string | undefined =>
  error instanceof Error ? error.name : undefined
