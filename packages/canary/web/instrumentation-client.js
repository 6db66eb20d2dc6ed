import { start } from '@throughline/next/client'

start()
