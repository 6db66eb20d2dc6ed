import type { ComponentProps, MouseEvent, ReactElement } from 'react'
import { navigate } from './location.ts'

/** A link within the page: a real one, that opens in another tab where that is asked for. */
export function Link({
  href,
  onClick,
  ...rest
}: ComponentProps<'a'> & { readonly href: string }): ReactElement {
  const follow = (event: MouseEvent<HTMLAnchorElement>): void => {
    onClick?.(event)
    const elsewhere =
      event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0
    if (event.defaultPrevented || elsewhere) return
    event.preventDefault()
    navigate(href)
  }
  return <a href={href} onClick={follow} {...rest} />
}
