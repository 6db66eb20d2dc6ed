'use client'

/** Throws in the browser what the address says after `#`. */
export function Breakage() {
  return (
    <button
      onClick={() => {
        const secret = decodeURIComponent(location.hash.slice(1))
        void fetch(`/api/careless?from=${encodeURIComponent(secret)}`)
        setTimeout(() => {
          throw new Error(`the browser cannot use ${secret}`)
        })
      }}
    >
      break
    </button>
  )
}
