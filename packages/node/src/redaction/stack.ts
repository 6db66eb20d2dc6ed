const FRAME = /^\s+at\s/
/** `file:///app/server.mjs:10:5)`: where a frame is, and its place in there. */
const LOCATED =
  /^(.*[/\\:(\s][^\s:?#]*\.[cm]?[jt]sx?|.*\bnode:[\w/]+)((?:[?#]\S*?)?)((?::\d+){1,2}\)?)$/

/** How the parts of a stack trace are redacted. */
export interface StackParts {
  /** The message at its head, and whatever is no frame. */
  readonly text: (text: string) => string
  /** A frame, whose path may hold what looks drawn by lot. */
  readonly frame: (frame: string) => string
  readonly query: (query: string) => string
}

/** Gives a stack trace with its message redacted as a text, and its frames readable. */
export function redactStack(stack: string, parts: StackParts): string {
  const result: string[] = []
  let message: string[] = []
  const flush = (): void => {
    if (message.length > 0) result.push(parts.text(message.join('\n')))
    message = []
  }
  for (const line of stack.split('\n')) {
    if (FRAME.test(line)) {
      flush()
      result.push(redactFrame(line, parts))
    } else message.push(line)
  }
  flush()
  return result.join('\n')
}

function redactFrame(line: string, { text, frame, query }: StackParts): string {
  const [, location, search = '', place] = LOCATED.exec(line) ?? []
  if (location === undefined) return text(line)
  const kept = search === '' ? '' : `${search[0]}${query(search.slice(1))}`
  return `${frame(location)}${kept}${place}`
}
