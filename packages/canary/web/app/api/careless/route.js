export const GET = () => Response.json({ ok: true })

/** Logs and throws what it is sent. */
export async function POST(request) {
  const { secret, how } = await request.json()
  if (how === 'log') {
    console.log('got', secret, { note: secret })
    console.error(new Error(`no use for ${secret}`))
  }
  if (how === 'throw') throw new Error(`the handler cannot use ${secret}`)
  return Response.json({ ok: true })
}
