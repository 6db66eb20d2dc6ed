/** A source with an edit in it, or why it could not be made. */
export type Edited =
  | { readonly ok: true; readonly text: string }
  | {
      readonly ok: false
      /** What was found, with its line: `line 12: module.exports is a call of "compose"`. */
      readonly why: string
      /** What to write by hand instead, in one imperative sentence. */
      readonly fix: string
    }

/** What is left of a source when our part is taken out. */
export type Removed =
  /** Nothing of it was ours. */
  | { readonly kind: 'untouched' }
  | { readonly kind: 'edited'; readonly text: string }
  /** All of it was ours. */
  | { readonly kind: 'empty' }
  /** Ours stands in it in a way that cannot be taken out. */
  | { readonly kind: 'left'; readonly why: string; readonly fix: string }
