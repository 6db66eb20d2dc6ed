import type { NextApp, NodeApp } from '../../src/project/project.ts'

/** A Node application with sensible values for what is not given. */
export function makeApp({
  dependencies = {},
  ...given
}: Partial<NodeApp> & { readonly dependencies?: Readonly<Record<string, string>> } = {}): NodeApp {
  return {
    kind: 'node',
    path: 'api',
    folder: '/nowhere/api',
    service: 'orders',
    manifest: {
      path: '/nowhere/api/package.json',
      text: '{}',
      name: 'orders',
      scripts: {},
      dependencies,
    },
    modules: 'esm',
    isTypeScript: false,
    others: [],
    isInstalled: true,
    framework: 'fastify',
    entry: undefined,
    starts: [],
    ...given,
  }
}

/** A Next.js application in a folder. */
export function makeNextApp(folder: string): NextApp {
  const { framework: _framework, entry: _entry, starts: _starts, ...base } = makeApp()
  return {
    ...base,
    kind: 'next',
    path: 'web',
    folder,
    service: 'web',
    major: 16,
    routers: ['app'],
    sourceFolder: '',
    config: undefined,
    instrumentation: undefined,
  }
}
