/** Light, dark, or as the system says. */
export type Theme = 'system' | 'light' | 'dark'

const KEY = 'throughline.theme'

/** The theme that was chosen last in this browser. */
export function readTheme(): Theme {
  try {
    const value = window.localStorage.getItem(KEY)
    return value === 'light' || value === 'dark' ? value : 'system'
  } catch {
    // A browser that keeps nothing: the system's theme it is.
    return 'system'
  }
}

/** Shows a theme, and remembers it. */
export function chooseTheme(theme: Theme): void {
  try {
    window.localStorage.setItem(KEY, theme)
  } catch {
    // It holds until the page is closed.
  }
  show(theme)
}

export function applyRememberedTheme(): void {
  show(readTheme())
}

function show(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = theme
}
