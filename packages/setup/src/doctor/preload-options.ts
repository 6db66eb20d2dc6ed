/** A module that a command has Node load first. */
export interface PreloadOption {
  readonly flag: 'import' | 'require' | 'loader'
  readonly target: string
}

const OPTION =
  /(?:^|[\s"'=])(--import|--require|-r|--loader|--experimental-loader)(?:=|\s+)["']?([^\s"']+)/g

const FLAGS: Readonly<Record<string, PreloadOption['flag']>> = {
  '--import': 'import',
  '--require': 'require',
  '-r': 'require',
}

/** The modules that a command, or a value of NODE_OPTIONS, has Node load first. */
export function preloadsIn(command: string): readonly PreloadOption[] {
  return [...command.matchAll(OPTION)].map(([, option = '', target = '']) => ({
    flag: FLAGS[option] ?? 'loader',
    target,
  }))
}

export const NODE_PRELOAD = '@throughline/node/register'
export const NEXT_PRELOAD = '@throughline/next/preload'
