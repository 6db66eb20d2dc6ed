import { recordAuthFailure } from '@throughline/next'
import { z } from 'zod'
import { startSession } from '#lib/current-session.ts'
import { query } from '#lib/database.ts'
import { isPassword } from '#lib/password.ts'
import { invalidRequest, problem, readJson } from '#lib/problems.ts'
import type { Role } from '#lib/session.ts'

const signInSchema = z.object({
  email: z.email().toLowerCase().max(254),
  password: z.string().max(200),
})

interface UserRow {
  readonly id: number
  readonly name: string
  readonly password_hash: string
  readonly role: Role
  readonly customer_id: number
}

/** Signs a user in. */
export async function POST(request: Request): Promise<Response> {
  const { data, error } = signInSchema.safeParse(await readJson(request))
  if (error !== undefined) return invalidRequest(error)
  const [user] = await query<UserRow>(
    'select id, name, password_hash, role, customer_id from users where email = $1',
    [data.email],
  )
  const known = await isPassword(data.password, user?.password_hash)
  if (user === undefined || !known) {
    recordAuthFailure('invalid_credentials')
    return problem(401, 'invalid_credentials', 'E-mail address or password is wrong.')
  }
  await startSession({ userId: user.id, role: user.role, customerId: user.customer_id })
  return Response.json({ name: user.name, role: user.role })
}
