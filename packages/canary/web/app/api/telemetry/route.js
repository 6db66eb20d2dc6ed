export { POST } from '@throughline/next/telemetry'
