import { Agent } from 'node:http'
import { exchange, type Answer, type Sent } from './exchange.ts'

const CONNECTIONS = 8

/** Sends requests over a few connections that are kept; answers come in the order of the requests. */
export async function exchangeAll(port: number, requests: readonly Sent[]): Promise<Answer[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
  const answers: Answer[] = []
  const waiting = [...requests.entries()]
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [place, sent] = next
      answers[place] = await exchange(port, sent, agent)
    }
  }
  try {
    await Promise.all(Array.from({ length: CONNECTIONS }, work))
    return answers
  } finally {
    agent.destroy()
  }
}
