import type { z } from 'zod'

/** An answer that says what is wrong, by a code that stays. */
export function problem(status: number, code: string, message: string): Response {
  return Response.json({ error: { code, message } }, { status })
}

/** The answer to input that a schema refuses. */
export function invalidRequest(error: z.ZodError): Response {
  return problem(400, 'invalid_request', describeIssues(error))
}

export const unauthorized = (): Response => problem(401, 'unauthorized', 'Sign in first.')

/** All that a schema complains of, in one line. */
export function describeIssues({ issues }: z.ZodError): string {
  return issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`).join('; ')
}

/** The JSON body of a request; undefined, which every schema of a body refuses, when it has none. */
export async function readJson(request: Request): Promise<unknown> {
  try {
    return await request.json()
  } catch {
    // Whoever sent it is told by the schema.
    return undefined
  }
}
