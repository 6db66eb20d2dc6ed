/** Whether the app serves. */
export function GET(): Response {
  return Response.json({ status: 'ok' })
}
