const LOOPBACK = /^(?:localhost|127\.\d+\.\d+\.\d+|\[?::1\]?)$/
const PRIVATE =
  /^(?:10\.\d+\.\d+\.\d+|192\.168\.\d+\.\d+|172\.(?:1[6-9]|2\d|3[01])\.\d+\.\d+|\[?f[cd][\da-f]{2}:.*)$/
const PRIVATE_NAME = /^(?:[^.:]+|.*\.(?:local|internal|svc|cluster|lan|localdomain))$/

/** Whether a host is likely one of our own: this machine, a private address, or a name that only a private network knows. */
export function isNear(host: string): boolean {
  const name = host.replace(/(?<=[^:]):\d+$/, '').toLowerCase()
  return LOOPBACK.test(name) || PRIVATE.test(name) || PRIVATE_NAME.test(name)
}
