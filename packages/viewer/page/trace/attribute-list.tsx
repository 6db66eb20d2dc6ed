import type { ReactElement } from 'react'
import { CopyButton } from '../parts/copy-button.tsx'
import type { AttributeGroup } from './attribute-groups.ts'
import { attributeText } from './attribute-text.ts'
import { LongText } from './long-text.tsx'

/** Attributes about one thing, each to be copied. */
export function AttributeList({ group }: { readonly group: AttributeGroup }): ReactElement {
  return (
    <section className="attributes">
      <h3>{group.title}</h3>
      <dl>
        {group.attributes.map(({ key, name, value }) => {
          const text = attributeText(value)
          return (
            <div key={key} className="attribute">
              <dt title={key}>
                {name}
                {name !== key && <code className="muted">{key}</code>}
              </dt>
              <dd>
                <LongText text={text} />
                <CopyButton text={text} label={`Copy ${key}`} />
              </dd>
            </div>
          )
        })}
      </dl>
    </section>
  )
}
