import { headers } from 'next/headers'
import { Breakage } from './breakage.jsx'

/** Rendered for each visitor, so that its trace goes on in the browser. */
export default async function Home() {
  await headers()
  return <Breakage />
}
