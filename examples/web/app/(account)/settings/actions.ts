'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { requireSession } from '#lib/current-session.ts'
import { query } from '#lib/database.ts'

const settingsSchema = z.object({ name: z.string().trim().min(1).max(80) })

/** Saves what the user may change of their account. */
export async function saveSettings(form: FormData): Promise<void> {
  const { userId } = await requireSession()
  const { data } = settingsSchema.safeParse(Object.fromEntries(form))
  if (data === undefined) redirect('/settings?message=invalid')
  await query('update users set name = $2 where id = $1', [userId, data.name])
  revalidatePath('/settings')
  redirect('/settings?message=saved')
}
