import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createReadStream, readFileSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { basename } from 'node:path'
import { packPackages } from '../../checks/src/published.ts'
import { type Manifest, readPublicPackages } from '../../checks/src/workspace.ts'

/** A registry of npm packages on the loopback address. Disposing stops it. */
export interface Registry extends AsyncDisposable {
  readonly url: string
}

/** Any time that is past, for package managers that leave out what was published a moment ago. */
const PUBLISHED_AT = '2026-01-01T00:00:00.000Z'

/**
 * Starts a registry that has our packages as they were built last, and sends whoever asks for another to the registry that
 * npm is configured with.
 */
export async function startRegistry(): Promise<Registry> {
  const tarballs = packPackages()
  const manifests = new Map(readPublicPackages().map(({ manifest }) => [manifest.name, manifest]))
  const files = new Map(tarballs.all.map(({ path }) => [`/-/${basename(path)}`, path]))
  const elsewhere = readConfiguredRegistry()
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? '/')
    const file = files.get(path)
    if (file !== undefined) {
      response.setHeader('content-type', 'application/octet-stream')
      createReadStream(file).pipe(response)
      return
    }
    const found = tarballs.all.find(({ name }) => path === `/${name}`)
    const manifest = manifests.get(path.slice(1))
    if (found === undefined || manifest === undefined) {
      response.writeHead(302, { location: new URL(`.${request.url}`, elsewhere).href }).end()
      return
    }
    const base = `http://${request.headers.host}`
    sendJson(response, describePackage(manifest, found.path, `${base}/-/${basename(found.path)}`))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/`,
    async [Symbol.asyncDispose]() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
      tarballs[Symbol.dispose]()
    },
  }
}

/** The address that npm has by its configuration; with a slash at its end. */
function readConfiguredRegistry(): string {
  const url = execFileSync('npm', ['config', 'get', 'registry'], { encoding: 'utf8' }).trim()
  return url.endsWith('/') ? url : `${url}/`
}

/** What a registry says of a package that has one version. */
function describePackage(manifest: Manifest, file: string, tarball: string): object {
  const { name, version = '' } = manifest
  const integrity = `sha512-${createHash('sha512').update(readFileSync(file)).digest('base64')}`
  return {
    name,
    'dist-tags': { latest: version },
    versions: {
      [version]: { ...manifest, _id: `${name}@${version}`, dist: { tarball, integrity } },
    },
    time: { created: PUBLISHED_AT, modified: PUBLISHED_AT, [version]: PUBLISHED_AT },
  }
}

function sendJson(response: ServerResponse, value: object): void {
  response.setHeader('content-type', 'application/json').end(JSON.stringify(value))
}
