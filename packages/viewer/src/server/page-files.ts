import { readdirSync, readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname, join, relative, sep } from 'node:path'
import { listPath } from '../api/list-path.ts'
import { methodRefusal, sendRefusal } from './refusal.ts'
import type { Target } from './target.ts'

interface PageFile {
  readonly body: Buffer
  readonly type: string
  readonly cacheControl: string
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
  '.txt': 'text/plain; charset=utf-8',
}

/** Where the build puts files whose names change with their contents. */
const HASHED = '/assets/'

/**
 * Serves the built page from memory: what is not in `folder` at the start has no address.
 *
 * Any path that names no file is one of the page's own, and gives `index.html`. Where nothing is built, it says so.
 */
export function createPageHandler(
  folder: string,
): (request: IncomingMessage, response: ServerResponse, target: Target) => void {
  const files = readFiles(folder)
  return (request, response, { path, query }) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return sendRefusal(request, response, methodRefusal('GET, HEAD'))
    }
    const index = extname(path) === '' ? files.get('/index.html') : undefined
    const file = files.get(path) ?? index
    if (file === undefined) {
      return sendRefusal(
        request,
        response,
        files.size === 0
          ? {
              status: 503,
              error: 'The page is not built. OTLP is taken, and the API answers.',
              fix: 'Run `npm run build`, and start the viewer again.',
            }
          : { status: 404, error: `There is no ${path} here.`, fix: 'Go to / for the page.' },
      )
    }
    response
      .writeHead(200, {
        'content-type': file.type,
        'content-length': file.body.length,
        'cache-control': file.cacheControl,
        ...(file === index && isList(path) && { link: preload(listPath(query.get('q') ?? '')) }),
      })
      .end(request.method === 'HEAD' ? undefined : file.body)
  }
}

/** Whether the page begins with the list of traces there. */
const isList = (path: string): boolean => path === '/' || path === '/traces'

/** Has the browser ask for the list while it reads the script that will want it: the first rows come 100 ms sooner. */
const preload = (path: string): string => `<${path}>; rel=preload; as=fetch; crossorigin`

function readFiles(folder: string): ReadonlyMap<string, PageFile> {
  return new Map(
    listFiles(folder).map(name => {
      const path = `/${name.split(sep).join('/')}`
      const file: PageFile = {
        body: readFileSync(join(folder, name)),
        type: TYPES[extname(name)] ?? 'application/octet-stream',
        cacheControl: path.startsWith(HASHED) ? 'public, max-age=31536000, immutable' : 'no-cache',
      }
      return [path, file] as const
    }),
  )
}

function listFiles(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => relative(folder, join(entry.parentPath, entry.name)))
  } catch {
    // It is not built, which the answers say.
    return []
  }
}
