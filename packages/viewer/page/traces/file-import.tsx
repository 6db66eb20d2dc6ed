import { type ReactElement, useEffect, useEffectEvent, useRef, useState } from 'react'
import { asFailure } from '../data/fetch-json.ts'
import { navigate } from '../location/location.ts'
import { tracePath } from '../location/paths.ts'
import { importFiles, renderImported } from './import-files.ts'

/** What became of the last import. */
interface Outcome {
  readonly text: string
  readonly failed: boolean
}

/** Takes trace files, chosen or dropped anywhere on the page; opens the trace if it is one. */
export function FileImport({ onImported }: { readonly onImported: () => void }): ReactElement {
  const input = useRef<HTMLInputElement>(null)
  const [outcome, setOutcome] = useState<Outcome>()
  const take = async (files: readonly File[]): Promise<void> => {
    if (files.length === 0) return
    try {
      const imported = await importFiles(files)
      const [traceId] = imported.traceIds
      setOutcome({ text: renderImported(imported), failed: imported.spans === 0 })
      if (imported.traceIds.length === 1 && traceId !== undefined && imported.rejected === 0)
        navigate(tracePath(traceId))
      else onImported()
    } catch (error) {
      const { message, fix } = asFailure(error)
      setOutcome({ text: `Not imported: ${message}. ${fix}`, failed: true })
    }
  }
  const isOver = useDroppedFiles(files => void take(files))
  return (
    <div className="traces-import">
      <button
        type="button"
        onClick={() => input.current?.click()}
        title="An OTLP/JSON file; you can also drop it on the page"
      >
        Import…
      </button>
      <input
        ref={input}
        type="file"
        hidden
        multiple
        accept=".json,application/json"
        aria-label="Trace files"
        onChange={({ currentTarget }) => {
          void take([...(currentTarget.files ?? [])])
          // The same file can be chosen again.
          currentTarget.value = ''
        }}
      />
      <span role="status" className={outcome?.failed === true ? 'failed' : undefined}>
        {outcome?.text}
      </span>
      {isOver && <div className="traces-drop">Drop a trace to import it</div>}
    </div>
  )
}

/** Calls `onFiles` with what is dropped on the page; gives whether something is held over it. */
function useDroppedFiles(onFiles: (files: readonly File[]) => void): boolean {
  const [isOver, setOver] = useState(false)
  const hold = useEffectEvent((event: DragEvent) => {
    if (event.dataTransfer?.types.includes('Files') !== true) return
    event.preventDefault()
    setOver(true)
  })
  const leave = useEffectEvent((event: DragEvent) => {
    if (event.relatedTarget === null) setOver(false)
  })
  const drop = useEffectEvent((event: DragEvent) => {
    if (event.dataTransfer === null || event.dataTransfer.files.length === 0) return
    event.preventDefault()
    setOver(false)
    onFiles([...event.dataTransfer.files])
  })
  useEffect(() => {
    const listening = new AbortController()
    const { signal } = listening
    document.addEventListener('dragover', hold, { signal })
    document.addEventListener('dragleave', leave, { signal })
    document.addEventListener('drop', drop, { signal })
    return () => listening.abort()
  }, [])
  return isOver
}
