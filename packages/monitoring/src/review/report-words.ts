/** What a report says, and its words: for pages that show one. It loads nothing else of the package. */
export { type Decision, listDecisions } from './report-decisions.ts'
export { counted, ROLE_WORDS, wordReview } from './report-wording.ts'
