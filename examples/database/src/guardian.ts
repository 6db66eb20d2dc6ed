import { stopProcess } from './process.ts'

// Started by the launcher with the server's process id; its stdin is a pipe that only the launcher holds.
const pid = Number(process.argv[2])
process.stdin.resume()
process.stdin.once('end', () => void stopProcess(pid, 'SIGINT'))
