import type { FastifyError, FastifyInstance } from 'fastify'

/** Codes that partners may rely on, each with its status. */
const STATUS = {
  invalid_request: 400,
  unauthorized: 401,
  not_found: 404,
  idempotency_in_progress: 409,
  idempotency_conflict: 422,
  rate_limited: 429,
  internal: 500,
  payments_unavailable: 502,
} as const

/** One of the stable codes of the API's errors. */
export type ErrorCode = keyof typeof STATUS

/** An error that a partner is told of. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly code: ErrorCode

  constructor(code: ErrorCode, message: string) {
    super(message)
    this.code = code
  }
}

/** Answers every error in one shape: `{ error: { code, message } }`. What is not meant for partners stays in the log. */
export function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError | ApiError, request, reply) => {
    const { code, message } = tell(error)
    if (code === 'internal') request.log.error(error)
    return reply.code(STATUS[code]).send({ error: { code, message } })
  })
  app.setNotFoundHandler((_request, reply) =>
    reply.code(404).send({ error: { code: 'not_found', message: 'There is no such endpoint.' } }),
  )
}

function tell(error: FastifyError | ApiError): { code: ErrorCode; message: string } {
  if (error instanceof ApiError) return { code: error.code, message: error.message }
  // Fastify's own: a body that is no JSON, a field that the schema does not allow.
  if (error.statusCode !== undefined && error.statusCode < 500)
    return { code: 'invalid_request', message: error.message }
  return { code: 'internal', message: 'Something went wrong on our side.' }
}
