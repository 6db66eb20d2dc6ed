import { readManifest, readWorkspace } from './workspace.ts'

/** A script that a text tells its reader to run. */
export interface ScriptMention {
  readonly command: string
  /** The package that `-w` names; the text's own otherwise. */
  readonly workspace: string | undefined
  readonly script: string
}

const mention =
  /\bnpm (?:run(?:-script)? (?<script>[\w:.-]+)|(?<short>test|start)\b)(?<rest>[^`\n]*)/g

/** Every `npm run …`, `npm test` and `npm start` in a text. */
export function listScriptMentions(text: string): ScriptMention[] {
  return [...text.matchAll(mention)].map(match => {
    const { script, short, rest = '' } = match.groups as Record<string, string | undefined>
    const [options = ''] = rest.split(' -- ')
    const workspace = /(?:-w|--workspace)[ =](?<name>[\w@/.-]+)/.exec(options)?.groups?.['name']
    return { command: match[0].trim(), workspace, script: script ?? short ?? '' }
  })
}

/** Whether the script exists: in the package that `-w` names, else in `folder` or in the root. */
export function hasScript(folder: string, { workspace, script }: ScriptMention): boolean {
  if (workspace === undefined) {
    return [folder, ''].some(place => script in (readManifest(place).scripts ?? {}))
  }
  const packages = [...readWorkspace('packages'), ...readWorkspace('examples')]
  const named = packages.find(one => one.manifest.name === workspace || one.folder === workspace)
  return script in (named?.manifest.scripts ?? {})
}
