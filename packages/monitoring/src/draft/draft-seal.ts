import { createHash } from 'node:crypto'
import { renderFirstLine } from '../imports/catalog-sketch.ts'

/** Puts the first line before a draft: whence it comes, and a checksum by which {@link isUneditedDraft} knows it again. */
export const sealDraft = (source: string, body: string): string =>
  `${renderFirstLine(`by throughline init from ${source} (draft ${checksumOf(body)})`)}\n${body}`

/** Whether a text is a draft of `throughline init` that nobody has changed; other line ends are no change. */
export function isUneditedDraft(text: string): boolean {
  const plain = text.replaceAll('\r\n', '\n')
  const { checksum, body } =
    /^# Drafted by throughline init from .+ \(draft (?<checksum>[0-9a-f]{8})\): [^\n]*\n(?<body>.*)$/s.exec(
      plain,
    )?.groups ?? {}
  return body !== undefined && checksumOf(body) === checksum
}

const checksumOf = (text: string): string =>
  createHash('sha256').update(text).digest('hex').slice(0, 8)
