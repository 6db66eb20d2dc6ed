import type { ReactElement } from 'react'
import { useMeta } from '../data/meta.ts'
import { CopyButton } from '../parts/copy-button.tsx'
import { EmptyState } from '../parts/empty-state.tsx'

/** What stands where no trace has come yet: how to send one. */
export function FirstSteps(): ReactElement {
  const endpoint = useMeta()?.endpoint ?? window.location.origin
  const variable = `OTEL_EXPORTER_OTLP_ENDPOINT=${endpoint}`
  return (
    <EmptyState title="No traces yet">
      <p>Send them here from any app with OpenTelemetry, in the terminal that starts it:</p>
      <Command text={`export ${variable}`} label="Copy the variable" />
      <p>A Node service that has nothing of it yet:</p>
      <Command
        text={`${variable} node --import @throughline/node/register server.js`}
        label="Copy the command for Node"
      />
      <p>
        Next.js, in <code>instrumentation.ts</code> and in <code>next.config.ts</code>:
      </p>
      <Command
        text="export { register, onRequestError } from '@throughline/next'"
        label="Copy the line for instrumentation.ts"
      />
      <Command
        text="export default withThroughline({}) // from '@throughline/next/config'"
        label="Copy the line for next.config.ts"
      />
      <p className="muted">
        The first trace shows here by itself. You can also drop an OTLP/JSON file on this page.
      </p>
    </EmptyState>
  )
}

function Command({ text, label }: { readonly text: string; readonly label: string }): ReactElement {
  return (
    <div className="first-step">
      <pre>
        <code>{text}</code>
      </pre>
      <CopyButton text={text} label={label} />
    </div>
  )
}
