import type { Edited } from '../edits/edited.ts'
import { fromRoot } from '../plan/app-files.ts'
import { readText } from '../plan/read-text.ts'
import { writeWhole } from '../plan/write-files.ts'
import type { Project } from '../project/project.ts'
import type { Finding } from './finding.ts'

/** The mend of a finding, or nothing where it has none. */
export type Mend = Pick<Finding, 'mend'>

/**
 * Mends by an edit of one file. There is no mend where the edit cannot be made; it is made anew when it is asked for, since
 * another mend may have changed the file by then, and writes nothing where it no longer can.
 */
export function mendFile(
  project: Pick<Project, 'root'>,
  path: string,
  edit: (text: string | undefined) => Edited,
): Mend {
  const text = readText(path)
  const tried = edit(text)
  if (!tried.ok || tried.text === text) return {}
  return {
    mend: async () => {
      const before = readText(path)
      const edited = edit(before)
      if (!edited.ok || edited.text === before) return []
      writeWhole(path, edited.text)
      return [fromRoot(project, path)]
    },
  }
}
