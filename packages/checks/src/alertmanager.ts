import { access, chmod, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { ensureDebianBinary, findInPath, type DebianBinary } from './debian.ts'
import { startServer } from './server-process.ts'

/** Where Debian's Alertmanager reads its templates, without which it does not start. */
const TEMPLATES = '/usr/share/prometheus/alertmanager'
/** As long, and relative to `usr` of an unpacked package. */
const RELATIVE_TEMPLATES = './///share/prometheus/alertmanager'

/** A real Alertmanager of one test. Disposing ends it and removes its data. */
export interface Alertmanager extends AsyncDisposable {
  readonly url: string
  readonly pid: number
  /** Folder of its configuration and data. */
  readonly folder: string
  /** All that it has printed. */
  output(): string
}

/** Starts an Alertmanager with a configuration in YAML; rejects with all that it printed when it does not get ready. */
export async function startAlertmanager(config: string): Promise<Alertmanager> {
  return await startServer({
    name: 'alertmanager',
    ...(await ensureAlertmanager()),
    readyPath: '/-/ready',
    async prepare(port, folder) {
      const file = join(folder, 'alertmanager.yaml')
      await writeFile(file, config)
      return [
        `--config.file=${file}`,
        `--storage.path=${join(folder, 'data')}`,
        `--web.listen-address=127.0.0.1:${port}`,
        // As it would say by the name of the machine, which need not lead here.
        `--web.external-url=http://127.0.0.1:${port}`,
        // One alone, in no cluster.
        '--cluster.listen-address=',
      ]
    },
  })
}

interface RunnableBinary extends DebianBinary {
  readonly workingFolder?: string
}

/** The program as it is where its templates are installed, or need not be; else a copy that reads them as unpacked. */
async function ensureAlertmanager(): Promise<RunnableBinary> {
  const upstream = await findInPath('alertmanager')
  if (upstream !== undefined) return { path: upstream, env: {} }
  const binary = await ensureDebianBinary('prometheus-alertmanager')
  const unpacked = dirname(dirname(binary.path))
  if ((await isThere(TEMPLATES)) || !(await isThere(join(unpacked, RELATIVE_TEMPLATES))))
    return binary
  return { ...binary, path: await relocate(binary.path), workingFolder: unpacked }
}

/** Gives the path of a copy in which each mention of the templates' folder is relative; makes it where there is none. */
async function relocate(path: string): Promise<string> {
  const copy = `${path}.relocated`
  if (await isThere(copy)) return copy
  const program = await readFile(path)
  const [wanted, replacement] = [Buffer.from(TEMPLATES), Buffer.from(RELATIVE_TEMPLATES)]
  for (let at = program.indexOf(wanted); at !== -1; at = program.indexOf(wanted, at))
    replacement.copy(program, at)
  const unfinished = `${copy}.${process.pid}`
  await writeFile(unfinished, program)
  await chmod(unfinished, 0o755)
  await rename(unfinished, copy)
  return copy
}

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )
