const pg = require('pg')
const { serve } = require('./pg-commands.cjs')

serve(pg)
