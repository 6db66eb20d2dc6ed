export { onRequestError, register } from '@throughline/next'
