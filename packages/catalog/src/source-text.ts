/** A text that can say on which line an offset lies. */
export interface SourceText {
  /** Name of the file, as problems show it. */
  readonly file: string
  /** Line of an offset, from 1. */
  line(offset: number): number
  /** `file:line:column` of an offset. */
  at(offset: number): string
}

export function createSourceText(text: string, file: string): SourceText {
  const starts = [0]
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1)

  const line = (offset: number): number => {
    let low = 0
    let high = starts.length
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if ((starts[middle] ?? 0) <= offset) low = middle
      else high = middle
    }
    return low + 1
  }
  return {
    file,
    line,
    at: offset => {
      const found = line(offset)
      return `${file}:${found}:${offset - (starts[found - 1] ?? 0) + 1}`
    },
  }
}
