import type { Files } from './files.ts'
import { BASE, listComposeFiles, PAGING, readComposeFile, readStack } from './stack.ts'
import { listMissing } from './missing.ts'

const ALERTMANAGER = 'alerts/alertmanager.yaml'
const ENVIRONMENT = 'compose/.env.example'
/** The one password that is written down, and twice over where it would be too short; README.md says what it is good for. */
const LOCAL_PASSWORD = 'local-only'

/** Keys that Alertmanager would look for in vain, passwords in files, and variables that .env.example does not tell. */
export function listSecretProblems(files: Files): string[] {
  return [...listKeyProblems(files), ...listPasswordProblems(files), ...listVariableProblems(files)]
}

/** Each file below /run/secrets that alerts/alertmanager.yaml names comes from the variable of the same name. */
function listKeyProblems(files: Files): string[] {
  const { services, secrets } = readStack(files, [BASE, PAGING])
  const alertmanager = services.get('alertmanager')
  const named = new Set(
    [...files.text(ALERTMANAGER).matchAll(/\/run\/secrets\/(\w+)/g)].map(([, name = '']) => name),
  )
  const given = new Set(alertmanager?.secrets)
  return [
    ...listMissing(named, given).map(name => `${PAGING}: alertmanager does not get ${name}`),
    ...listMissing(given, named).map(name => `${PAGING}: ${ALERTMANAGER} needs no ${name}`),
    ...[...given]
      .filter(name => secrets[name]?.environment !== name)
      .map(name => `${PAGING}: ${name} does not come from the variable of that name`),
    ...(alertmanager?.read_only === true
      ? [`${BASE}: alertmanager is read-only: Compose cannot put secrets into it`]
      : []),
  ]
}

function listPasswordProblems(files: Files): string[] {
  const reference = new RegExp(String.raw`^\$\{\w+:-${LOCAL_PASSWORD}(?:-${LOCAL_PASSWORD})?\}$`)
  const variables = listComposeFiles(files).flatMap(path =>
    Object.entries(readComposeFile(files, path).services).flatMap(([name, { environment = {} }]) =>
      Object.entries(environment).map(([key, value]) => ({ at: `${path}: ${name}`, key, value })),
    ),
  )
  const written = variables.filter(({ key, value }) => {
    const [, inUrl] = /:\/\/[^:/@]+:(.+)@/.exec(value) ?? []
    const isSecret = /PASSWORD|SECRET|TOKEN|(?:^|_)KEY$/.test(key)
    return !reference.test(inUrl ?? (isSecret ? value : `\${X:-${LOCAL_PASSWORD}}`))
  })
  const filled = listExampleVariables(files)
    .filter(({ name, value }) => name !== 'COMPOSE_FILE' && value !== '')
    .map(({ name }) => `${ENVIRONMENT}: ${name} has a value`)
  return [...written.map(({ at, key }) => `${at}: ${key} holds a password`), ...filled]
}

function listVariableProblems(files: Files): string[] {
  const read = listComposeFiles(files).flatMap(path => {
    const { secrets = {} } = readComposeFile(files, path)
    const interpolated = [...files.text(path).matchAll(/(?<!\$)\$\{(\w+)/g)].map(
      ([, name = '']) => name,
    )
    return [
      ...interpolated,
      ...Object.values(secrets).flatMap(({ environment = [] }) => environment),
    ]
  })
  const used = new Set(read)
  const told = new Set(listExampleVariables(files).map(({ name }) => name))
  const composeFiles = listExampleVariables(files)
    .filter(({ name }) => name === 'COMPOSE_FILE')
    .flatMap(({ value }) => value.split(':').map(name => `compose/${name}`))
  return [
    ...listMissing(used, told).map(name => `${ENVIRONMENT} does not tell ${name}`),
    ...listMissing(told, used)
      .filter(name => name !== 'COMPOSE_FILE')
      .map(name => `${ENVIRONMENT} tells ${name}, which nobody reads`),
    ...composeFiles
      .filter(path => !files.has(path))
      .map(path => `${ENVIRONMENT}: there is no ${path}`),
  ]
}

function listExampleVariables(files: Files): { readonly name: string; readonly value: string }[] {
  return [...files.text(ENVIRONMENT).matchAll(/^(\w+)=(.*)$/gm)].map(
    ([, name = '', value = '']) => ({ name, value }),
  )
}
