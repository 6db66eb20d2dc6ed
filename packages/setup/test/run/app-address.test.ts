import { expect, test } from 'vitest'
import { chooseAddress } from '../../src/run/app-address.ts'

const at = (port: number, host = 'localhost'): { host: string; port: number } => ({ host, port })

test.for([
  {
    what: 'the port that it was told',
    listening: [at(9229), at(3000, '127.0.0.1')],
    printed: [{ scheme: 'http', port: 9229 }],
    isSettled: false,
    url: 'http://127.0.0.1:3000',
  },
  {
    what: 'one that it prints, with its scheme',
    listening: [at(9229), at(4000)],
    printed: [{ scheme: 'https', port: 4000 }],
    isSettled: false,
    url: 'https://localhost:4000',
  },
  {
    what: 'none that it prints and does not listen at',
    listening: [at(9229)],
    printed: [{ scheme: 'http', port: 5173 }],
    isSettled: false,
    url: undefined,
  },
  {
    what: 'none that nothing points at, at first',
    listening: [at(4000)],
    printed: [],
    isSettled: false,
    url: undefined,
  },
  {
    what: 'the first that stays',
    listening: [at(4000), at(4001)],
    printed: [],
    isSettled: true,
    url: 'http://localhost:4000',
  },
  { what: 'none', listening: [], printed: [], isSettled: true, url: undefined },
] as const)('an application is asked at $what', ({ listening, printed, isSettled, url }) => {
  expect(chooseAddress(listening, { port: 3000, printed, isSettled })).toBe(url)
})
