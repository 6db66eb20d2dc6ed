import { join } from 'node:path'
import { withThroughline } from '@throughline/next/config'

// The packages of this repository lie above the app.
export default withThroughline({ turbopack: { root: join(import.meta.dirname, '../../..') } })
