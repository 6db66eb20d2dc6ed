import { readFileSync } from 'node:fs'
import type { AlertName } from '../src/alerts/alert-list.ts'
import { runbookOf } from '../src/alerts/alert-list.ts'

/** Folder of the runbooks, one page an alert. */
export const RUNBOOKS: URL = new URL('../src/runbooks/', import.meta.url)

/** A fenced block: its language and its lines. */
interface Block {
  readonly language: string
  readonly text: string
}

/** A runbook in its parts. */
export interface RunbookPage {
  readonly markdown: string
  readonly title: string
  /** What stands between the title and the first heading. */
  readonly intro: string
  /** Text of each section by its heading, in the order of the page. */
  readonly sections: ReadonlyMap<string, string>
}

/** Reads the page of an alert. */
export function readPage(alert: AlertName): RunbookPage {
  const markdown = readFileSync(new URL(`${runbookOf(alert)}.md`, RUNBOOKS), 'utf8')
  const [head = '', ...rest] = markdown.split(/^## /m)
  const [title = '', ...intro] = head.split('\n')
  const sections = rest.map(section => {
    const [heading = '', ...lines] = section.split('\n')
    return [heading, lines.join('\n')] as const
  })
  return { markdown, title, intro: intro.join('\n'), sections: new Map(sections) }
}

/** The fenced blocks of a text. */
export const listBlocks = (markdown: string): Block[] =>
  [...markdown.matchAll(/^```(\w*)[^\n]*\n([\s\S]*?)^```$/gm)].map(
    ([, language = '', text = '']) => ({ language, text: text.trim() }),
  )

/** The numbered items of a text: the number, and all until the next. */
export const listItems = (markdown: string): { readonly number: number; readonly text: string }[] =>
  markdown
    .split(/^(?=\d+\. )/m)
    .filter(item => /^\d/.test(item))
    .map(text => ({ number: Number.parseInt(text, 10), text }))

/** The words of a page that are neither code nor a link's address, one list a paragraph. */
export const listParagraphs = (markdown: string): string[][] =>
  markdown
    .replaceAll(/^```[\s\S]*?^```$/gm, '\n\n')
    .replaceAll(/`[^`]*`/g, ' ')
    .replaceAll(/\]\([^)]*\)/g, ' ')
    .split(/\n\s*\n/)
    .map(paragraph => paragraph.toLowerCase().match(/[\p{L}\d']+/gu) ?? [])
