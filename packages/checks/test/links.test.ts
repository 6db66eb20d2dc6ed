import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { listAnchors, listLinks } from '../src/links.ts'
import { listFiles, readText } from '../src/files.ts'
import { root } from '../src/workspace.ts'

const documents = listFiles().filter(file => file.endsWith('.md'))

test.for(documents)('every link in %s leads somewhere', document => {
  const dead = listLinks(readText(document)).filter(({ path, anchor }) => {
    const target = path === '' ? document : join(dirname(document), decodeURI(path))
    if (!existsSync(join(root, target))) return true
    const isPage = anchor !== undefined && target.endsWith('.md')
    return isPage && !listAnchors(readText(target)).includes(anchor)
  })
  expect(dead).toEqual([])
})

test('links and anchors are read as GitHub reads them', () => {
  const markdown = [
    '# One & two: `three`',
    '## Same',
    '## Same',
    'See [a](docs/a.md), [b](b.md#part "title"), [c](#same-1) and [site](https://example.com/x.md).',
    '`[not](a-link.md)`',
    '```md\n[nor](this.md)\n```',
    '[ref]: docs/ref.md',
  ].join('\n')
  expect(listAnchors(markdown)).toEqual(['one--two-three', 'same', 'same-1'])
  expect(listLinks(markdown)).toEqual([
    { path: 'docs/a.md', anchor: undefined },
    { path: 'b.md', anchor: 'part' },
    { path: '', anchor: 'same-1' },
    { path: 'docs/ref.md', anchor: undefined },
  ])
})
