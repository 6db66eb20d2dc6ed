import type { Builder } from '@grafana/grafana-foundation-sdk/cog'

/** A builder of the same thing, without fields that the SDK sets of its own accord and offers no way to leave out. */
export const withoutFields = <T extends object, K extends keyof T>(
  builder: Builder<T>,
  ...fields: readonly K[]
): Builder<Omit<T, K>> => ({
  build: () => {
    const unwanted: readonly PropertyKey[] = fields
    return Object.fromEntries(
      Object.entries(builder.build()).filter(([name]) => !unwanted.includes(name)),
    ) as Omit<T, K>
  },
})
