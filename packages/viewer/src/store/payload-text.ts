/** Fields of OTLP's JSON; a word that stands in one of them stands in every payload. */
const FIELDS =
  'resourcespans resourcelogs resource attributes scopespans scopelogs scope version logrecords spans traceid spanid parentspanid ' +
  'tracestate flags kind starttimeunixnano endtimeunixnano observedtimeunixnano droppedattributescount droppedeventscount ' +
  'droppedlinkscount events links status code message severitynumber severitytext eventname body key name ' +
  'stringvalue intvalue doublevalue boolvalue true false arrayvalue kvlistvalue values'

/** What a person wrote, or a library: no time, no id, and no name of a field. */
const TEXTS =
  /"(?:key|name|version|message|traceState|severityText|eventName|stringValue|intValue|doubleValue)":("(?:[^"\\]|\\.)*"|[^,}]+)/g

/** Whether a word may be found in a payload where it says nothing: in the name of a field, in a time or in an id. */
export function isAmbiguous(word: string): boolean {
  const folded = word.toLowerCase()
  return FIELDS.includes(folded) || /^(?:[0-9a-f]{1,15}|[\d\W_]+)$/.test(folded)
}

/** Whether a payload has a word, given as it stands in JSON, in a text of it. */
export function holdsText(payload: string, word: string): boolean {
  const folded = word.toLowerCase()
  for (const [, text = ''] of payload.matchAll(TEXTS)) {
    if (text.toLowerCase().includes(folded)) return true
  }
  return false
}
