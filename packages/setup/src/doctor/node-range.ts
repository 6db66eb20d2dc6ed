/** Major and minor version. */
export type Release = readonly [major: number, minor: number]

/** The oldest Node that Throughline runs on. */
export const OLDEST_NODE: Release = [22, 15]

/** Names of the long-term releases in `.nvmrc`. */
const CODE_NAMES: Readonly<Record<string, number>> = {
  'lts/hydrogen': 18,
  'lts/iron': 20,
  'lts/jod': 22,
  'lts/krypton': 24,
}

/** Major and minor of a version: `v22.15.1`, `22.15`. */
export function parseRelease(version: string): Release | undefined {
  const [, major, minor] = /^v?(\d+)(?:\.(\d+))?/.exec(version) ?? []
  return major === undefined ? undefined : [Number(major), Number(minor ?? 0)]
}

export const isBelow = ([major, minor]: Release, [thanMajor, thanMinor]: Release): boolean =>
  major < thanMajor || (major === thanMajor && minor < thanMinor)

/** Whether a range, as `engines` and `.nvmrc` have it, lets in a Node that is new enough. What is not understood does. */
export function admitsOurNode(range: string): boolean {
  return range.split('||').some(alternative => {
    const words = alternative
      .trim()
      .toLowerCase()
      .replace(/([<>=~^])\s+/g, '$1')
      .split(/\s+/)
    return words.every((word, index) => {
      const end = endOf(
        words[index - 1] === '-' ? `<=${word}` : words[index + 1] === '-' ? '' : word,
      )
      return end === undefined || isBelow(OLDEST_NODE, end)
    })
  })
}

/** The first release that a comparator leaves out; undefined where it has no end. */
function endOf(comparator: string): Release | undefined {
  const [, sign = '', major, minor] =
    /^(<=|<|\^|~|=)?v?(\d+)(?:\.(\d+))?/.exec(
      comparator in CODE_NAMES ? String(CODE_NAMES[comparator]) : comparator,
    ) ?? []
  if (major === undefined) return undefined
  if (sign === '<') return [Number(major), Number(minor ?? 0)]
  return sign === '^' || minor === undefined
    ? [Number(major) + 1, 0]
    : [Number(major), Number(minor) + 1]
}
