import { ThroughlineError } from '@throughline/conventions'
import { findFreePort } from './free-port.ts'
import { describePortOwner } from './port-owner.ts'

/** Why a viewer cannot listen, and what to do. */
export async function listenFailure(
  cause: NodeJS.ErrnoException,
  { port, host }: { readonly port: number; readonly host: string },
): Promise<ThroughlineError> {
  const place = `${host.includes(':') ? `[${host}]` : host}:${port}`
  switch (cause.code) {
    case 'EADDRINUSE': {
      const owner = await describePortOwner(host, port)
      const free = await findFreePort(port + 1, host)
      return new ThroughlineError(`${place} is taken by ${owner}`, {
        code: 'PORT_TAKEN',
        fix:
          free === undefined
            ? 'Stop it, or name another port.'
            : `Stop it, or take another port: ${free} is free.`,
        cause,
      })
    }
    case 'EACCES':
      return new ThroughlineError(`this process may not listen at ${place}`, {
        code: 'PORT_FORBIDDEN',
        fix: 'Take a port from 1024 on.',
        cause,
      })
    default:
      return new ThroughlineError(`nothing can listen at ${place}: ${cause.message}`, {
        code: 'HOST_UNUSABLE',
        fix: 'Name an address of this machine: 127.0.0.1, or 0.0.0.0 for all of them.',
        cause,
      })
  }
}
