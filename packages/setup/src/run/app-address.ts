import { connect } from 'node:net'
import { findPrintedAddresses, type PrintedAddress } from './app-output.ts'
import { listListening, type ListeningAddress } from './listening-addresses.ts'
import { listMembers } from './process-group.ts'

/** How long a socket has to be there before it is taken for the application's, where nothing else says so. */
const SETTLE_MS = 2_000
const CONNECT_TIMEOUT_MS = 1_000

/** What is known of an application that starts. */
export interface AddressClues {
  /** First of its processes. */
  readonly leader: number
  /** Port that it was told to take. */
  readonly port: number
  /** Ports of metrics, which are not what is looked for. */
  readonly metricsPorts: () => readonly number[]
  readonly output: () => string
}

/**
 * Makes what looks for the address of an application: at the port that it was given, at one that it prints, else at the first that its
 * processes hold for a while. Gives undefined as long as it listens nowhere.
 */
export function findAppAddress({
  leader,
  port,
  metricsPorts,
  output,
}: AddressClues): () => Promise<string | undefined> {
  let firstSeen: number | undefined
  return async () => {
    const printed = findPrintedAddresses(output())
    const listening = await listListening(await listMembers(leader))
    if (listening === undefined) return findOpen([{ scheme: 'http', port }, ...printed])
    const own = listening.filter(address => !metricsPorts().includes(address.port))
    if (own.length > 0) firstSeen ??= Date.now()
    const isSettled = firstSeen !== undefined && Date.now() - firstSeen > SETTLE_MS
    return chooseAddress(own, { port, printed, isSettled })
  }
}

/** What the choice among several addresses is made by. */
export interface AddressChoice {
  readonly port: number
  readonly printed: readonly PrintedAddress[]
  /** Whether one that nothing else points at may be taken. */
  readonly isSettled: boolean
}

/** The address that an application answers at, among those where its processes listen. */
export function chooseAddress(
  listening: readonly ListeningAddress[],
  { port, printed, isSettled }: AddressChoice,
): string | undefined {
  const at = (wanted: number): ListeningAddress | undefined =>
    listening.find(address => address.port === wanted)
  const told = at(port)
  if (told !== undefined) return addressOf(told, printed)
  const said = printed.map(address => at(address.port)).find(address => address !== undefined)
  if (said !== undefined) return addressOf(said, printed)
  const [only] = listening
  return isSettled && only !== undefined ? addressOf(only, printed) : undefined
}

function addressOf({ host, port }: ListeningAddress, printed: readonly PrintedAddress[]): string {
  const scheme = printed.find(address => address.port === port)?.scheme ?? 'http'
  return `${scheme}://${host}:${port}`
}

/** The first address at which somebody listens, where the system does not tell who. */
async function findOpen(candidates: readonly PrintedAddress[]): Promise<string | undefined> {
  for (const { scheme, port } of candidates) {
    if (await isOpen(port)) return `${scheme}://localhost:${port}`
  }
  return undefined
}

function isOpen(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect({ host: 'localhost', port, timeout: CONNECT_TIMEOUT_MS })
    const answer = (isThere: boolean) => (): void => {
      socket.destroy()
      resolve(isThere)
    }
    socket.once('connect', answer(true)).once('error', answer(false)).once('timeout', answer(false))
  })
}
