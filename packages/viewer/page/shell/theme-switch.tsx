import { type ReactElement, useState } from 'react'
import { chooseTheme, readTheme, type Theme } from './theme.ts'

const NEXT: Readonly<Record<Theme, Theme>> = { system: 'light', light: 'dark', dark: 'system' }
const SIGNS: Readonly<Record<Theme, string>> = { system: '◐', light: '○', dark: '●' }

/** Goes from the system's theme to light, to dark, and back. */
export function ThemeSwitch(): ReactElement {
  const [theme, setTheme] = useState(readTheme)
  const turn = (): void => {
    chooseTheme(NEXT[theme])
    setTheme(NEXT[theme])
  }
  return (
    <button
      type="button"
      className="quiet"
      onClick={turn}
      aria-label={`Theme: ${theme}`}
      title={`Theme: ${theme}`}
    >
      <span aria-hidden="true">{SIGNS[theme]}</span>
    </button>
  )
}
