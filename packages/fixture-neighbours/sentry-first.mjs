import * as Sentry from '@sentry/node'

// The application has started Sentry before anything else.
Sentry.init(JSON.parse(process.env.SENTRY_FIRST))
