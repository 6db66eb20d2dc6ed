/** A text as several people would have written it. */
export interface Styled {
  readonly style: string
  readonly text: string
}

const EOLS = { LF: '\n', CRLF: '\r\n' }
const SEMICOLONS = { semicolons: true, 'no semicolons': false }
const QUOTES = { single: "'", double: '"' }
const INDENTS = { spaces: '  ', tabs: '\t' }

/** Every mix of line ends, semicolons, quotes and indentation of a text that has LF, `;`, `'` and two spaces. */
function writeStyles(text: string): Styled[] {
  const styled = Object.entries(EOLS).flatMap(([eolName, eol]) =>
    Object.entries(SEMICOLONS).flatMap(([semicolonName, hasSemicolons]) =>
      Object.entries(QUOTES).flatMap(([quoteName, quote]) =>
        Object.entries(INDENTS).map(([indentName, indent]) => ({
          style: [eolName, semicolonName, quoteName, indentName].join(', '),
          text: text
            .replaceAll(/;$/gm, hasSemicolons ? ';' : '')
            .replaceAll("'", quote)
            .replaceAll(/^(?: {2})+/gm, spaces => indent.repeat(spaces.length / 2))
            .replaceAll('\n', eol),
        })),
      ),
    ),
  )
  return [
    ...styled,
    { style: 'no line break at the end', text: text.trimEnd() },
    { style: 'a byte order mark', text: `\uFEFF${text}` },
    { style: 'blank lines at the end', text: `${text}\n\n` },
  ]
}

/** A table of forms, each in every style. */
export const inEveryStyle = <Form extends { readonly name: string; readonly text: string }>(
  forms: readonly Form[],
): (Form & Styled)[] =>
  forms.flatMap(form => writeStyles(form.text).map(styled => ({ ...form, ...styled })))
