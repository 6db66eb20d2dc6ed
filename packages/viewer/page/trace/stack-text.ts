/** A line of a stack trace. */
interface StackLine {
  readonly text: string
  /** The message, a frame of the application's own code, or one of a library or of Node. */
  readonly kind: 'message' | 'own' | 'library'
}

const FRAME = /^\s+at\s/
const LIBRARY = /node_modules|\(?node:|<anonymous>|^\s*at (?:native|async Promise\.)/

/** Tells the lines of a stack trace apart: what is said first, then the frames. */
export function readStack(stack: string): StackLine[] {
  return stack
    .trimEnd()
    .split('\n')
    .map(text => ({ text, kind: kindOf(text) }))
}

function kindOf(line: string): StackLine['kind'] {
  if (!FRAME.test(line)) return 'message'
  return LIBRARY.test(line) ? 'library' : 'own'
}
