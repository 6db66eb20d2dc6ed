import type { SpanCategory } from '@throughline/trace'
import type { ReactElement } from 'react'
import './category-sign.css'

/** The word of each kind of span, and its lines in a square of 16. */
const SIGNS: Readonly<Record<SpanCategory, { readonly word: string; readonly lines: string }>> = {
  page: { word: 'page', lines: 'M4 2h6l3 3v9H4zM10 2v3h3M6.5 8.5h4M6.5 11h4' },
  handler: { word: 'route handler', lines: 'M5 3 1.5 8 5 13M11 3l3.5 5-3.5 5M9.5 3.5l-3 9' },
  action: { word: 'server action', lines: 'M9 1.5 3.5 9H8l-1 5.5L12.5 7H8z' },
  proxy: { word: 'proxy', lines: 'M2 8h3.5M10.5 8H14M12 6l2 2-2 2M5.5 2.5v11h5v-11z' },
  api: { word: 'API', lines: 'M2.5 3h11v4h-11zM2.5 9h11v4h-11zM5 5h.01M5 11h.01' },
  job: {
    word: 'job',
    lines:
      'M8 5.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5M8 1.5v2M8 12.5v2M1.5 8h2M12.5 8h2M3.4 3.4l1.4 1.4M11.2 11.2l1.4 1.4M3.4 12.6l1.4-1.4M11.2 4.8l1.4-1.4',
  },
  queue: { word: 'queue', lines: 'M1.5 5h3v6h-3zM6.5 5h3v6h-3zM11.5 5h3v6h-3z' },
  database: {
    word: 'database',
    lines:
      'M3 4c0-1.2 2.2-2 5-2s5 .8 5 2-2.2 2-5 2-5-.8-5-2v8c0 1.2 2.2 2 5 2s5-.8 5-2V4M3 8c0 1.2 2.2 2 5 2s5-.8 5-2',
  },
  call: { word: 'call', lines: 'M2 8h11M9 4l4 4-4 4' },
  external: { word: 'external call', lines: 'M7 3H3v10h10V9M9.5 2.5h4v4M13.5 2.5 7.5 8.5' },
  browser: { word: 'browser', lines: 'M2 3h12v10H2zM2 6h12M4 4.5h.01M6 4.5h.01' },
  internal: { word: 'inside', lines: 'M8 6a2 2 0 1 0 0 4 2 2 0 0 0 0-4' },
}

/** What a person calls this kind of span: `route handler`. */
export const categoryWord = (category: SpanCategory): string => SIGNS[category].word

/** A sign for each kind of span. It is not read out: say {@link categoryWord} beside it where nothing else tells. */
export function CategorySign({ category }: { readonly category: SpanCategory }): ReactElement {
  const { word, lines } = SIGNS[category]
  return (
    <svg className="category-sign" viewBox="0 0 16 16" aria-hidden="true">
      <title>{word}</title>
      <path d={lines} />
    </svg>
  )
}
