import { createContext, use } from 'react'
import type { Meta } from '../../src/api/meta.ts'

export const MetaContext = createContext<Meta | undefined>(undefined)

/** What the viewer is; undefined until it has said so. */
export const useMeta = (): Meta | undefined => use(MetaContext)
