import pg from 'pg'
import { serve } from './pg-commands.cjs'

serve(pg)
