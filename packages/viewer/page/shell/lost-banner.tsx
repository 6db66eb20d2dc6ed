import type { ReactElement } from 'react'
import { useLive } from '../data/live.ts'
import { CopyButton } from '../parts/copy-button.tsx'
import './banners.css'

const COMMAND = 'npx throughline view'

/** Says that the viewer has stopped, and how to start it. */
export function LostBanner(): ReactElement {
  const { isLost } = useLive()
  return (
    <div role="status">
      {isLost && (
        <div className="banner banner-lost">
          <strong>The viewer does not answer.</strong> Start it again with <code>{COMMAND}</code>{' '}
          <CopyButton text={COMMAND} label="Copy the command" /> This page connects again by itself.
        </div>
      )}
    </div>
  )
}
