import fastify from 'fastify'

// ROUTES says how many routes there are: what an application that makes a route for each of its customers has.
const app = fastify()
for (let customer = 0; customer < Number(process.env.ROUTES); customer += 1) {
  app.get(`/customers/${customer}`, async () => ({ customer }))
}

app.listen({ port: 0, host: '127.0.0.1' }, (error, address) => {
  if (error) throw error
  console.log(`listening ${address}`)
})
