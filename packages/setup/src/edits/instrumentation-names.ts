/** The package whose functions go into an instrumentation file. */
export const MODULE = '@throughline/next'

/** A function that Next.js calls by its name, and what ours goes by where the application has one too. */
export interface Hook {
  readonly name: 'register' | 'onRequestError'
  /** Ours, as the file knows it. */
  readonly alias: string
  /** Theirs, where it is taken from another module. */
  readonly own: string
  /** Both, one after the other. */
  readonly both: string
}

export const REGISTER: Hook = {
  name: 'register',
  alias: 'startThroughline',
  own: 'ownRegister',
  both: 'registerWithThroughline',
}

export const ON_REQUEST_ERROR: Hook = {
  name: 'onRequestError',
  alias: 'recordRequestError',
  own: 'ownOnRequestError',
  both: 'onRequestErrorWithThroughline',
}

export const HOOKS: readonly Hook[] = [ON_REQUEST_ERROR, REGISTER]
