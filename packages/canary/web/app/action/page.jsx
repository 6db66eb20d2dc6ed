import { headers } from 'next/headers'
import { keep } from './actions.js'

export default async function Action() {
  await headers()
  return (
    <form action={keep}>
      <input name="secret" />
      <input name="how" />
      <button>send</button>
    </form>
  )
}
