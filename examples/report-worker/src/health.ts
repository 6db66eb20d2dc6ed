import { createServer, type Server } from 'node:http'

/** Answers `GET /health`; nothing else is served here. */
export function createHealthServer(): Server {
  return createServer(({ method, url }, response) => {
    const healthy = method === 'GET' && url === '/health'
    response.writeHead(healthy ? 200 : 404, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ status: healthy ? 'ok' : 'not found' }))
  })
}
