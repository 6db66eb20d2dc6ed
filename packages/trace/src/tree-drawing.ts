import { clip } from './one-line.ts'

/** Options of {@link renderTree} and {@link renderReading}. */
export interface RenderOptions {
  /** Whether to colour by ANSI codes. @default false */
  readonly color?: boolean
  /** Columns to fill. @default 110 */
  readonly width?: number
}

/** One span of a drawing, in the order in which they are drawn: parents before children. */
export interface DrawnSpan {
  readonly depth: number
  readonly label: string
  readonly service: string
  readonly duration: string
  readonly team: string
  readonly error: string
  /** What was logged at the span, below it. */
  readonly logs: readonly DrawnLog[]
  /** What is said of the span, below that: each of one or more paragraphs. */
  readonly notes: readonly Note[]
}

/** One line of a log. */
export interface DrawnLog {
  readonly text: string
  readonly isError: boolean
}

/** Paragraphs of which the first is marked. */
export type Note = readonly string[]

/** Hues that are told apart by colour-blind readers too, as 256-colour codes; a service keeps its own. */
const HUES = [33, 208, 42, 170, 220, 81, 131] as const

const RED = '31'
const AMBER = '33'
const BOLD = '1'

/** Deepest indentation: a chain of calls may be thousands deep, and no line is that wide. */
const MOST_INDENTED = 24

/** What stands in front of a span, and of what belongs to it. */
interface Indentation {
  readonly own: string
  readonly below: string
}

/** Draws spans as a tree in columns: label, service, duration, team, error; `services` gives each its colour. */
export function drawTree(
  drawn: readonly DrawnSpan[],
  services: readonly string[],
  { color = false, width = 110 }: RenderOptions,
): string[] {
  const paint = createPaint(color)
  const indentations = indent(drawn.map(({ depth }) => depth))
  const lefts = drawn.map(({ label }, at) => `${indentations[at]?.own ?? ''}${plain(label)}`)
  const column = (pick: (span: DrawnSpan) => string): number => widest(drawn.map(pick))
  const serviceWidth = column(span => span.service)
  const durationWidth = column(span => span.duration)
  const teamWidth = column(span => span.team)
  const taken = serviceWidth + durationWidth + teamWidth
  const leftWidth = Math.max(24, Math.min(widest(lefts), width - taken - 6))
  const errorWidth = Math.max(24, width - leftWidth - taken - 8)
  const hues = new Map(services.map((name, at) => [name, HUES[at % HUES.length]]))
  return drawn.flatMap(({ service, duration, team, error, logs, notes }, at) => [
    [
      clip(lefts[at] ?? '', leftWidth).padEnd(leftWidth),
      paint(`38;5;${hues.get(service)}`, plain(service).padEnd(serviceWidth)),
      duration.padStart(durationWidth),
      paint(BOLD, plain(team).padEnd(teamWidth)),
      error === '' ? '' : paint(RED, clip(plain(error), errorWidth)),
    ]
      .join('  ')
      .trimEnd(),
    ...logs.map(log => drawLog(log, indentations[at]?.below ?? '', width, paint)),
    ...notes.flatMap(note => drawNote(note, indentations[at]?.below ?? '', width, paint)),
  ])
}

/** A line of a log, cut off where it is longer than the room: it is read in full elsewhere. */
export function drawLog(log: DrawnLog, below: string, width: number, paint: Paint): string {
  const room = Math.max(40, width - below.length)
  return `${below}${paint(log.isError ? RED : AMBER, clip(plain(log.text), room))}`
}

/** A note, whose first line is marked; long ones are wrapped, since what they say is to be done. */
export function drawNote(note: Note, below: string, width: number, paint: Paint): string[] {
  const room = Math.max(40, width - below.length - 2)
  return note
    .flatMap((paragraph, at) =>
      wrap(plain(paragraph), room).map((line, row) => ({ line, isFirst: at + row === 0 })),
    )
    .map(({ line, isFirst }) => `${below}${paint(AMBER, `${isFirst ? '┄' : ' '} ${line}`)}`)
}

/** Lines of whole words; a word that is longer than the room has a line of its own. */
export function wrap(text: string, room: number): string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= room)
      lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}

/** A text that a terminal cannot take for a command: names of spans are anybody's. */
export function plain(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, ' ')
}

/** Colours a text, or leaves it as it is. */
export type Paint = (code: string, text: string) => string

export function createPaint(color: boolean): Paint {
  return (code, text) => (color ? `\u001b[${code}m${text}\u001b[0m` : text)
}

/** Not by spreading into `Math.max`, which takes only so many. */
function widest(texts: readonly string[]): number {
  return texts.reduce((most, { length }) => Math.max(most, length), 0)
}

function indent(depths: readonly number[]): Indentation[] {
  const isLast = findLast(depths)
  /** What stands in front of a span at each depth. */
  const prefixes: string[] = ['']
  return depths.map((depth, at) => {
    const level = Math.min(depth, MOST_INDENTED)
    const prefix = prefixes[level] ?? ''
    const below = level === 0 ? '' : `${prefix}${isLast[at] ? '   ' : '│  '}`
    if (level < MOST_INDENTED) prefixes[level + 1] = below
    return { own: level === 0 ? '' : `${prefix}${isLast[at] ? '└─ ' : '├─ '}`, below }
  })
}

/** Whether each is the last one below its parent. */
function findLast(depths: readonly number[]): boolean[] {
  const isLast = depths.map(() => false)
  /** Whether a sibling follows, by depth. */
  const follows: boolean[] = []
  for (let at = depths.length - 1; at >= 0; at--) {
    const depth = depths[at] ?? 0
    isLast[at] = follows[depth] !== true
    follows.length = depth + 1
    follows[depth] = true
  }
  return isLast
}
