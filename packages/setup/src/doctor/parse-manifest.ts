/** The parts of a package.json that say what a package needs. */
export interface ParsedManifest {
  readonly version?: string
  readonly engines?: { readonly node?: string }
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
}

/** Reads a package.json; one that is not there or is no JSON says nothing. */
export function parseManifest(text: string | undefined): ParsedManifest {
  try {
    return JSON.parse(text ?? '{}') as ParsedManifest
  } catch {
    // Nothing can be installed or started by it either, and its package manager says so.
    return {}
  }
}
