/** Throws what its address asks for. */
export default async function Broken({ searchParams }) {
  const { secret } = await searchParams
  throw new Error(`the page cannot use ${secret}`)
}
