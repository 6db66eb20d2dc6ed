import { startPreloaded } from './runtime.ts'

startPreloaded()
