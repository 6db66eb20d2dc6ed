'use server'

/** Throws what it is given, or only keeps it. */
export async function keep(form) {
  const secret = String(form.get('secret'))
  if (form.get('how') === 'throw') throw new Error(`the action cannot use ${secret}`)
}
