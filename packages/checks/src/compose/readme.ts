import type { Files } from './files.ts'

const README = 'compose/README.md'

/** Rows of the table of compose/README.md whose first column is headed `heading`, each as its cells. */
export function listTableRows(files: Files, heading: string): string[][] {
  const lines = files.text(README).split('\n')
  const start = lines.findIndex(line => line.startsWith(`| ${heading} |`))
  if (start === -1) throw new Error(`${README} has no table that begins with "${heading}"`)
  const rows = lines.slice(start + 2)
  const end = rows.findIndex(line => !line.startsWith('|'))
  return rows.slice(0, end).map(line =>
    line
      .split('|')
      .slice(1, -1)
      .map(cell => cell.trim()),
  )
}
