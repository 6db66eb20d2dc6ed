export { start, type StartOptions } from './client/start.ts'
