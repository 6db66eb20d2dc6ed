import { join } from 'node:path'
import { withThroughline } from '@throughline/next/config'
import type { NextConfig } from 'next'

const config: NextConfig = {
  poweredByHeader: false,
  // The packages of this repository lie above the app.
  turbopack: { root: join(import.meta.dirname, '../..') },
  // forbidden(), for a page that is not for everybody.
  experimental: { authInterrupts: true },
}

export default withThroughline(config)
