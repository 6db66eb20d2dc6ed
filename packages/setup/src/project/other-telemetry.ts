import { relative, sep } from 'node:path'
import { readSource } from '../edits/source.ts'
import type { Manifest, OtherTelemetry } from './project.ts'
import { readSources, type SourceFile } from './source-files.ts'

/** How another thing that traces is known. */
interface Known {
  readonly name: OtherTelemetry['name']
  /** Packages that bring it. */
  readonly packages: RegExp
  /** What starts it in a source; what is only installed does nothing. */
  readonly starts: RegExp
  /** What starts it on a command line. */
  readonly preload?: RegExp
  readonly fix: string
}

const KNOWN: readonly Known[] = [
  {
    name: 'sentry',
    packages: /^@sentry\/(nextjs|node|nestjs)$/,
    starts: /['"]@sentry\/(nextjs|node|nestjs)['"][\s\S]*\binit\s*\(/,
    fix: 'add enableOpenTelemetrySetup: false to its Sentry.init',
  },
  {
    name: 'vercel-otel',
    packages: /^@vercel\/otel$/,
    starts: /\bregisterOTel\s*\(/,
    fix: 'take the call of registerOTel out',
  },
  {
    name: 'opentelemetry-sdk',
    packages:
      /^@opentelemetry\/(sdk-node|sdk-trace-node|sdk-trace-base|sdk-trace|auto-instrumentations-node)$/,
    starts:
      /\bnew\s+(NodeSDK|NodeTracerProvider|BasicTracerProvider)\s*\(|\bstartNodeSDK\s*\(|['"]@opentelemetry\/auto-instrumentations-node\/register['"]/,
    preload: /@opentelemetry\/auto-instrumentations-node\/register/,
    fix: 'take its start out; spans that the code makes by @opentelemetry/api stay',
  },
  {
    name: 'dd-trace',
    packages: /^dd-trace$/,
    starts: /['"]dd-trace\/init|['"]dd-trace['"][\s\S]*\binit\s*\(/,
    preload: /dd-trace\//,
    fix: 'take dd-trace out of the start of the application',
  },
  {
    name: 'newrelic',
    packages: /^newrelic$/,
    starts: /(?:\brequire\s*\(\s*|(?<!\btype\b.*)\bfrom\s+|\bimport\s+)['"]newrelic['"]/,
    preload: /(?:-r|--require|--import)[\s=]newrelic\b|newrelic\/esm-loader/,
    fix: 'take newrelic out of the start of the application',
  },
  {
    name: 'elastic-apm',
    packages: /^elastic-apm-node$/,
    starts: /['"]elastic-apm-node\/start|['"]elastic-apm-node['"][\s\S]*\bstart\s*\(/,
    preload: /elastic-apm-node\/start/,
    fix: 'take elastic-apm-node out of the start of the application',
  },
]

/** Finds what else traces or reports in an application: by the packages it has, and where these are started. */
export function findOtherTelemetry(
  root: string,
  folder: string,
  { dependencies, scripts, path }: Manifest,
): readonly OtherTelemetry[] {
  const known = KNOWN.filter(({ packages }) =>
    Object.keys(dependencies).some(name => packages.test(name)),
  )
  if (known.length === 0) return []
  const fromRoot = (file: string): string => relative(root, file).split(sep).join('/')
  const sources = readSources(folder)
  return known.flatMap(({ name, starts, preload, fix }) => {
    const isPreloaded =
      preload !== undefined && Object.values(scripts).some(script => preload.test(script))
    const started = sources
      .filter(
        ({ path: file, text }) => starts.test(text) && (name !== 'sentry' || runsOnServer(file)),
      )
      .map(source => ({ at: fromRoot(source.path), text: withoutComments(source) }))
      .filter(({ text }) => starts.test(text))
    const places = [...(isPreloaded ? [{ at: fromRoot(path), text: '' }] : []), ...started]
    return places.map(({ at, text }) => {
      const isShared = name === 'sentry' && /enableOpenTelemetrySetup\s*:\s*false/.test(text)
      return { name, at, conflicts: !isShared, fix: isShared ? undefined : fix }
    })
  })
}

/** Sentry is also started in browsers and in the edge runtime, where nothing of ours is. */
const runsOnServer = (file: string): boolean =>
  !/[/\\](instrumentation-client|sentry\.(client|edge)\.config|[^/\\]+\.client)\.\w+$/.test(file)

/** What init has set aside stands in comments. A text that is no source stays as it is. */
function withoutComments({ path, text }: SourceFile): string {
  const read = readSource(text, path)
  if (!read.ok) return text
  const { source } = read
  return source.comments.reduceRight(
    (left, { start, end }) => left.slice(0, start) + left.slice(end),
    source.text,
  )
}
