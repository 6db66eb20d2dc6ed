import { spawnSync, type SpawnOptions } from 'node:child_process'
import { chownSync } from 'node:fs'
import { tmpdir } from 'node:os'

/** User and group `nobody`: PostgreSQL refuses to run as root. */
const NOBODY = 65_534

/** As whom PostgreSQL runs. */
export interface ServerUser {
  /** The command line that runs `program` as that user. */
  command(program: string, args: readonly string[]): readonly [string, ...string[]]
  readonly options: SpawnOptions
  /** Gives a folder to that user. */
  own(folder: string): void
}

/**
 * Chooses as whom PostgreSQL runs: as whoever we are, but never as root.
 *
 * As root it runs as `nobody`, or, where `nobody` cannot reach its programs (a checkout below a private folder), in a
 * user namespace in which root is somebody else. No user is added to the system either way.
 */
export function chooseServerUser(postgres: string): ServerUser {
  if (process.getuid?.() !== 0) return asOurselves({})
  const nobody = { uid: NOBODY, gid: NOBODY, cwd: tmpdir() }
  if (spawnSync(postgres, ['--version'], nobody).status === 0) {
    return { ...asOurselves(nobody), own: folder => chownSync(folder, NOBODY, NOBODY) }
  }
  const namespace = ['unshare', '--user', '--map-user=1000', '--map-group=1000'] as const
  if (spawnSync(namespace[0], [...namespace.slice(1), postgres, '--version']).status === 0) {
    return { ...asOurselves({}), command: (program, args) => [...namespace, program, ...args] }
  }
  throw new Error(
    `PostgreSQL refuses to run as root, and other users cannot reach ${postgres}. Run as a normal user, or clone below a folder that others may enter.`,
  )
}

function asOurselves(options: SpawnOptions): ServerUser {
  return { command: (program, args) => [program, ...args], options, own: () => undefined }
}
