/** Does nothing: the edge runtime has no Node.js process to trace. Its requests are seen by the server that forwards them. */
export function register(): void {}

/** Does nothing in the edge runtime. */
export function onRequestError(): void {}
