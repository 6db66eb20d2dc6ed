import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request, type IncomingHttpHeaders } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, onTestFinished } from 'vitest'
import { runViewer, type ViewerParts } from '../../src/server/run-viewer.ts'
import type { Viewer, ViewerOptions } from '../../src/viewer.ts'

/** How long is waited for what comes soon: the machine may have much to do. */
export const SOON = { timeout: 15_000 }

/** A folder that goes when the test ends, or when `onEnd` says. */
export function makeFolder(onEnd: (remove: () => void) => void = onTestFinished): string {
  const folder = mkdtempSync(join(tmpdir(), 'viewer-test-'))
  onEnd(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

export const PAGE = '<!doctype html><title>page</title>'
export const SCRIPT = 'console.log("page")'

/** What the build of the page would leave. */
export function makePage(onEnd?: (remove: () => void) => void): string {
  const folder = makeFolder(onEnd)
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), PAGE)
  writeFileSync(join(folder, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
  writeFileSync(join(folder, 'assets', 'index-abc123.js'), SCRIPT)
  return folder
}

/** Starts a viewer at a free port, until the test ends. */
export async function start(
  options: ViewerOptions = {},
  parts: Partial<ViewerParts> = {},
): Promise<Viewer> {
  const viewer = await runViewer({ port: 0, ...options }, { pageFolder: makePage(), ...parts })
  onTestFinished(() => viewer.stop())
  return viewer
}

/** Starts a viewer for all tests of a file, for those that leave it as it is. */
export function share(options: ViewerOptions = {}): () => Viewer {
  const pageFolder = makePage(afterAll)
  let viewer: Viewer | undefined
  beforeAll(async () => {
    viewer = await runViewer({ port: 0, ...options }, { pageFolder })
  })
  afterAll(() => viewer?.stop())
  return () => {
    if (viewer === undefined) throw new Error('the viewer has not started yet')
    return viewer
  }
}

/** A request, as it goes over the wire. */
export interface Asked {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
}

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

/** Asks on a connection of its own, with whatever headers: `fetch` sets `Host` and `Sec-Fetch-Site` itself. */
export function ask(
  { port }: { readonly port: number },
  path: string,
  { method = 'GET', headers = {}, body }: Asked = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({ port, host: '127.0.0.1', path, method, headers, agent: false })
    asked.on('error', reject)
    asked.on('response', response => {
      buffer(response).then(
        bytes =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: bytes.toString('utf8'),
          }),
        reject,
      )
    })
    asked.end(body)
  })
}

/** What an address of the API answers, which must be 200. */
export async function readJson<T>(viewer: { readonly port: number }, path: string): Promise<T> {
  const { status, text } = await ask(viewer, path)
  if (status !== 200) throw new Error(`${path} answered ${status}: ${text}`)
  return JSON.parse(text) as T
}
