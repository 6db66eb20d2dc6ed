import { z } from 'zod'
import { startSession } from '#lib/current-session.ts'
import { query } from '#lib/database.ts'
import { hashPassword } from '#lib/password.ts'
import { invalidRequest, problem, readJson } from '#lib/problems.ts'

/** Whom everybody who signs up works for, until invitations exist. */
const CUSTOMER_ID = 1

const signUpSchema = z.object({
  name: z.string().trim().min(1).max(80),
  email: z.email().toLowerCase().max(254),
  password: z.string().min(8).max(200),
})

/** Makes a user and signs them in. */
export async function POST(request: Request): Promise<Response> {
  const { data, error } = signUpSchema.safeParse(await readJson(request))
  if (error !== undefined) return invalidRequest(error)
  const { name, email, password } = data
  const [user] = await query<{ id: number }>(
    `insert into users (email, name, password_hash, customer_id) values ($1, $2, $3, $4)
     on conflict (email) do nothing returning id`,
    [email, name, await hashPassword(password), CUSTOMER_ID],
  )
  if (user === undefined)
    return problem(409, 'email_taken', 'There is an account with this e-mail address.')
  await startSession({ userId: user.id, role: 'member', customerId: CUSTOMER_ID })
  return Response.json({ id: user.id, name, email }, { status: 201 })
}
