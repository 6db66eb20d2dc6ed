import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const derive = promisify<string, string, number, Buffer>(scrypt)
const HASH_BYTES = 32

/** The salt of hashes that name none: those of the seed. */
const SEED_SALT = 'demo'

/** What is kept of a password: its hash and the salt of the hash. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16).toString('hex')
  const hash = await derive(password, salt, HASH_BYTES)
  return `${hash.toString('hex')}.${salt}`
}

/** Whether a password is the one that `kept` was made of. Takes as long without a `kept`, and is false then. */
export async function isPassword(password: string, kept = ''): Promise<boolean> {
  const [hash = '', salt = SEED_SALT] = kept.split('.')
  const wanted = Buffer.from(hash, 'hex')
  const given = await derive(password, salt, HASH_BYTES)
  return wanted.length === given.length && timingSafeEqual(wanted, given)
}
