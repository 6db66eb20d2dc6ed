import type { Rule, Take } from './rule.ts'

export const GRAPHQL_RULE: Rule = {
  name: 'graphql',
  meaning: 'strings, numbers and comments in GraphQL documents',
  replacement: '*',
}

const LITERAL =
  /"""[\s\S]*?(?:"""|$)|"(?:[^"\\\n]|\\.)*(?:"|\n|$)|#[^\n]*|(?<![\w$])-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g

/** Gives a GraphQL document with each literal replaced by `*` and without comments. */
export const redactGraphql = (document: string, take: Take): string =>
  document.replaceAll(LITERAL, found => (found.startsWith('#') ? '' : take(found)))
