import { Component, type ReactNode } from 'react'
import { Failure } from '../parts/failure.tsx'

interface BrokenPageState {
  readonly error: Error | undefined
}

/** Keeps a fault of ours to the content: the header stays, and so does the way to another page. */
export class BrokenPage extends Component<{ readonly children: ReactNode }, BrokenPageState> {
  override readonly state: BrokenPageState = { error: undefined }

  static getDerivedStateFromError(error: unknown): BrokenPageState {
    return { error: error instanceof Error ? error : new Error(String(error)) }
  }

  override render(): ReactNode {
    const { error } = this.state
    if (error === undefined) return this.props.children
    return (
      <Failure
        error={{
          message: `This page broke: ${error.message}`,
          fix: 'It is a fault of the viewer. Tell its authors what you looked at.',
        }}
        onRetry={() => this.setState({ error: undefined })}
      />
    )
  }
}
