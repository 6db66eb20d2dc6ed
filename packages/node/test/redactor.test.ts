import { describe, expect, test } from 'vitest'
import { createRedactor } from '../src/redaction/redactor.ts'

const redactor = createRedactor({ keys: [], patterns: [], allow: [] })
// In parts, so that no scanner takes these for keys that work.
const STRIPE = ['sk', 'live'].join('_')
const SLACK = ['xox', 'b'].join('')
const TOKEN = 'Xk3vQ9zLm2RtY7wBp4NcHd8s'

describe('a secret in a text', () => {
  test.for<readonly [text: string, result: string]>([
    // Authorization
    ['sent Bearer 4f9ad0c1', 'sent Bearer [redacted:authorization]'],
    ['bearer abcdefghijklmnopqrstuvwxyz', 'bearer [redacted:authorization]'],
    ['Authorization: Bearer abc', 'Authorization: [redacted:secret]'],
    [
      'proxy-authorization: Digest username="jo", nonce="x"',
      'proxy-authorization: [redacted:secret]',
    ],
    ['authorization=Basic am86aHVudGVyMg==', 'authorization=[redacted:secret]'],
    ['tried Basic am86aHVudGVyMg== twice', 'tried Basic [redacted:authorization] twice'],
    [
      '{"authorization":"Bearer abc","method":"GET"}',
      '{"authorization":"[redacted:secret]","method":"GET"}',
    ],
    ['Token 0a1b2c3d4e refused', 'Token [redacted:authorization] refused'],
    // Cookies
    ['Cookie: sid=1; theme=dark', 'Cookie: [redacted:secret]'],
    [
      'set-cookie: sid=s%3Aabc; Path=/; HttpOnly\nnext line',
      'set-cookie: [redacted:secret]\nnext line',
    ],
    [
      "headers: { cookie: 'sid=1; a=b', host: 'x' }",
      "headers: { cookie: '[redacted:secret]', host: 'x' }",
    ],
    // Under the name of a secret
    ['password=hunter2', 'password=[redacted:secret]'],
    ['password = hunter2 and more', 'password = [redacted:secret] and more'],
    ['PGPASSWORD=hunter2 psql', 'PGPASSWORD=[redacted:secret] psql'],
    ['user=jo&password=hunter2&next=1', 'user=jo&password=[redacted:secret]&next=1'],
    ['{"password":"hunter2"}', '{"password":"[redacted:secret]"}'],
    ['{"password":"with \\"quotes\\" in it","a":1}', '{"password":"[redacted:secret]","a":1}'],
    [
      '{\\"password\\":\\"hunter2\\",\\"a\\":1}',
      '{\\"password\\":\\"[redacted:secret]\\",\\"a\\":1}',
    ],
    ["{ password: 'hunter2', user: 'jo' }", "{ password: '[redacted:secret]', user: 'jo' }"],
    ['{"pin":1234}', '{"pin":[redacted:secret]}'],
    ['{"secrets":["a","b"],"c":1}', '{"secrets":[redacted:secret],"c":1}'],
    ['{"credentials":{"a":"b"},"c":1}', '{"credentials":[redacted:secret],"c":1}'],
    ['apiKey: abc123', 'apiKey: [redacted:secret]'],
    ['x-api-key: abc123', 'x-api-key: [redacted:secret]'],
    ['clientSecret: abc', 'clientSecret: [redacted:secret]'],
    ['access_token=abc', 'access_token=[redacted:secret]'],
    ['accesstoken=abc', 'accesstoken=[redacted:secret]'],
    ['user.password => hunter2', 'user.password => [redacted:secret]'],
    ['form[password]=hunter2', 'form[password]=[redacted:secret]'],
    ['passwordConfirmation: hunter2', 'passwordConfirmation: [redacted:secret]'],
    ['--password hunter2 --verbose', '--password [redacted:secret] --verbose'],
    ['--api-key=abc123 run', '--api-key=[redacted:secret] run'],
    ['<password>hunter2</password>', '<password>[redacted:secret]</password>'],
    ['wrong password "hunter2" for jo', 'wrong password "[redacted:secret]" for jo'],
    [
      'Server=db;User Id=app;Password=hunter2;',
      'Server=db;User Id=app;Password=[redacted:secret];',
    ],
    [
      'host=db user=app password=hunter2 dbname=x',
      'host=db user=app password=[redacted:secret] dbname=x',
    ],
    ['AccountKey=abcd;EndpointSuffix=x', 'AccountKey=[redacted:secret];EndpointSuffix=x'],
    ['session:4f9ad0 is gone', 'session:[redacted:secret] is gone'],
    ['csrf_token=abc; more', 'csrf_token=[redacted:secret]; more'],
    ['otp: 123456', 'otp: [redacted:secret]'],
    ['token: Bearer abc', 'token: [redacted:secret]'],
    ['password=unfinished "quote', 'password=[redacted:secret] "quote'],
    ['password="never closed', 'password="[redacted:secret]'],
    // Addresses
    ['postgres://app:hunter2@db:5432/app', 'postgres://[redacted:userinfo]@db:5432/app'],
    ['postgres://app:p@ss@db/app', 'postgres://[redacted:userinfo]@db/app'],
    ['postgres://app:pa/ss#w?rd@db/app', 'postgres://[redacted:userinfo]@db/app'],
    ['redis://:hunter2@cache:6379', 'redis://[redacted:userinfo]@cache:6379'],
    [
      'cloned https://ghost@example.com/a.git',
      'cloned https://[redacted:userinfo]@example.com/a.git',
    ],
    ['GET /search?q=my+illness', 'GET /search?[redacted:query]'],
    ['/reset?4f9ad0c1', '/reset?[redacted:query]'],
    ['fetch https://a.example/b?c=d failed.', 'fetch https://a.example/b?[redacted:query] failed.'],
    ['(see https://a.example/b?c=d)', '(see https://a.example/b?[redacted:query])'],
    ['to https://a.example/cb#access_token=x', 'to https://a.example/cb#[redacted:query]'],
    ['query ?code=abc&state=x was', 'query ?[redacted:query] was'],
    ['https://a.example?x', 'https://a.example?[redacted:query]'],
    // Formats
    ['was eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl', 'was [redacted:jwt]'],
    ['cut eyJhbGciOiJIUzI1NiJ9.eyJz', 'cut [redacted:jwt]'],
    ['AKIAIOSFODNN7EXAMPLE', '[redacted:api-key]'],
    ['ghp_abcdefghijklmnopqrstuvwxyz0123456789', '[redacted:api-key]'],
    ['github_pat_11ABCDEFG0abcdefghijkl_mnopqrstu', '[redacted:api-key]'],
    ['glpat-abcdefghijklmnopqrst', '[redacted:api-key]'],
    [`charge ${STRIPE}_abcdefgh12345678`, 'charge [redacted:api-key]'],
    ['rk_test_abcdefghijkl', '[redacted:api-key]'],
    ['whsec_abcdefghijklmnopqrstuvwx', '[redacted:api-key]'],
    [`${SLACK}-123456789012-abcdefghij`, '[redacted:api-key]'],
    [
      'https://hooks.slack.com/services/T000/B000/abcdefghijklmnopqrstuvwx',
      'https://[redacted:api-key]',
    ],
    ['AIzaSyabcdefghijklmnopqrstuvwxyz0123456', '[redacted:api-key]'],
    ['ya29.abcdefghijklmnopqrstuvwxyz', '[redacted:api-key]'],
    ['npm_abcdefghijklmnopqrstuvwxyz0123456789', '[redacted:api-key]'],
    ['sk-ant-api03-abcdefghijklmnop', '[redacted:api-key]'],
    ['sk-proj-abcdefghijklmnop', '[redacted:api-key]'],
    ['SG.abcdefghijklmnopqrstuv.abcdefghijklmnopqrst', '[redacted:api-key]'],
    ['hf_abcdefghijklmnopqrstuvwxyz', '[redacted:api-key]'],
    ['bot 123456789:AAabcdefghijklmnopqrstuvwxyz0123456', 'bot [redacted:api-key]'],
    [
      '-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\nend',
      '[redacted:private-key]\nend',
    ],
    ['-----BEGIN PRIVATE KEY-----\nMIIE was cut', '[redacted:private-key]'],
    // People
    ['mail to jo.doe+x@mail.example.co.uk now', 'mail to [redacted:email] now'],
    ['<jo@example.com>', '<[redacted:email]>'],
    ['user/jo%40example.com/edit', 'user/[redacted:email]/edit'],
    ['jörg@münchen.example', '[redacted:email]'],
    ['paid by 4111111111111111', 'paid by [redacted:card]'],
    ['card 4111 1111 1111 1111, thanks', 'card [redacted:card], thanks'],
    ['5500-0055-5555-5559', '[redacted:card]'],
    ['amex 3782 822463 10005', 'amex [redacted:card]'],
    ['7 of 4111 1111 1111 1111', '7 of [redacted:card]'],
    ['card_4111111111111111', 'card_[redacted:card]'],
    ['to DE89370400440532013000', 'to [redacted:iban]'],
    ['to DE89 3704 0044 0532 0130 00 today', 'to [redacted:iban] today'],
    ['gb82west12345698765432', '[redacted:iban]'],
    ['NO9386011117947', '[redacted:iban]'],
    ['MT84MALT011000012345MTLCAST001S', '[redacted:iban]'],
    ['AB12 3456 DE89 3704 0044 0532 0130 00', 'AB12 3456 [redacted:iban]'],
    ['call +49 30 901820', 'call [redacted:phone]'],
    ['call +1 (415) 555-2671 now', 'call [redacted:phone] now'],
    ['+442071838750', '[redacted:phone]'],
    ['to=%2B442071838750', 'to=[redacted:phone]'],
    // Messages that quote
    [
      'invalid input syntax for type integer: "hunter2"',
      'invalid input syntax for type integer: "[redacted:error-value]"',
    ],
    [
      'invalid input syntax for type json: "{"a":"b"}"',
      'invalid input syntax for type json: "[redacted:error-value]"',
    ],
    [
      'value "99999999999" is out of range for type integer',
      'value "[redacted:error-value]" is out of range for type integer',
    ],
    [
      'Key (email)=(whatever) already exists.',
      'Key (email)=([redacted:error-value]) already exists.',
    ],
    ['Failing row contains (7, hunter2, null).', 'Failing row contains ([redacted:error-value]).'],
    ['syntax error at or near "hunter2"', 'syntax error at or near "[redacted:error-value]"'],
    ["Duplicate entry 'hunter2' for key 'users.name'", "Duplicate entry '[redacted:error-value]'"],
    [
      'E11000 duplicate key error dup key: { name: "jo" }',
      'E11000 duplicate key error dup key: {[redacted:error-value]}',
    ],
    [
      `Unexpected token 'h', "hunter2" is not valid JSON`,
      `Unexpected token 'h', "[redacted:error-value]" is not valid JSON`,
    ],
    ['Cannot convert hunter2 to a BigInt', 'Cannot convert [redacted:error-value] to a BigInt'],
    // SQL in a message
    ["insert into users values ('hunter2') - failed", 'insert into users values (?) - failed'],
    [
      "query failed: SELECT * FROM t WHERE ssn = '078051120'",
      'query failed: SELECT * FROM t WHERE ssn = ?',
    ],
    ["update users set name = 'it''s jo' where id = 7", 'update users set name = ? where id = ?'],
    // Drawn by lot
    [`reset ${TOKEN} sent`, 'reset [redacted:token] sent'],
    [`/reset/${TOKEN}/confirm`, '/reset/[redacted:token]/confirm'],
    ['9f86d081884c7d659a2feaa0c55ad015', '[redacted:token]'],
    ['01ARZ3NDEKTSV4RRFFQ69G5FAV', '[redacted:token]'],
    ['dGhpcyBpcyBhIHNl/Y3JldCBvZiBt+aW5lLCBkbyBu=', '[redacted:token]'],
    ['id_V1StGXR8Z5jdHi6BmyT', '[redacted:token]'],
  ])('%s', ([text, result]) => {
    expect(redactor.text(text)).toBe(result)
  })
})

describe('an attribute', () => {
  test.for<readonly [key: string, value: unknown, result: unknown]>([
    ['url.full', 'https://api.example.com/a?b=c', 'https://api.example.com/a?[redacted:query]'],
    [
      'url.full',
      'https://u:p@api.example.com/a#b',
      'https://[redacted:userinfo]@api.example.com/a#[redacted:query]',
    ],
    [
      'url.full',
      'http://127.0.0.1:3002/jo%40example.com/7',
      'http://127.0.0.1:3002/[redacted:email]/7',
    ],
    [
      'url.full',
      `https://api.example.com/reset/${TOKEN}`,
      'https://api.example.com/reset/[redacted:token]',
    ],
    ['http.url', 'http://a/b?c', 'http://a/b?[redacted:query]'],
    ['http.target', '/a?b', '/a?[redacted:query]'],
    ['url.path', '/cards/4111-1111-1111-1111', '/cards/[redacted:card]'],
    ['url.path', '/jo%2540example.com', '/[redacted:email]'],
    ['url.path', '/%6ao%40example.com/%', '/[redacted:email]/%'],
    ['url.query', 'page=1', '[redacted:query]'],
    ['url.query', 'hunter2', '[redacted:query]'],
    ['url.fragment', 'x', '[redacted:query]'],
    ['db.query.text', "SELECT 1 FROM t WHERE a = 'b'", 'SELECT ? FROM t WHERE a = ?'],
    ['db.statement', 'SELECT * FROM t LIMIT 10', 'SELECT * FROM t LIMIT ?'],
    ['db.query.parameter.0', 'hunter2', '[redacted:body]'],
    ['db.operation.parameter.name', 7, '[redacted:body]'],
    ['graphql.source', '{ user(name: "jo", n: 7) { id } } # x', '{ user(name: *, n: *) { id } } '],
    ['graphql.variables.email', 'jo', '[redacted:body]'],
    ['messaging.message.body', 'hello', '[redacted:body]'],
    ['http.request.body', '{}', '[redacted:body]'],
    ['body', { a: 1 }, '[redacted:body]'],
    ['gen_ai.prompt', 'hello', '[redacted:body]'],
    ['requestBody', 'a=b', '[redacted:body]'],
    ['payload', { a: 1 }, '[redacted:body]'],
    ['query', { q: 'illness' }, '[redacted:query]'],
    ['query', 'q=illness', '[redacted:query]'],
    ['query', 'all of jo@example.com', 'all of [redacted:email]'],
    ['http.request.header.cookie', ['a=b', 'c=d'], ['[redacted:secret]', '[redacted:secret]']],
    ['http.request.header.x-tenant', ['acme'], ['[redacted:header]']],
    ['http.response.header.set-cookie', ['a=b'], ['[redacted:secret]']],
    ['headers', { host: 'a', 'x-tenant': 'acme' }, { host: 'a', 'x-tenant': '[redacted:header]' }],
    ['user.password', 'x', '[redacted:secret]'],
    ['apiKey', 42, '[redacted:secret]'],
    ['session.id', '550e8400-e29b-41d4-a716-446655440000', '[redacted:secret]'],
    ['auth', { user: 'jo' }, '[redacted:secret]'],
    ['card', 4111111111111111, '[redacted:card]'],
    ['exception.message', 'no jo@example.com', 'no [redacted:email]'],
    [
      'exception.stacktrace',
      'Error: password=hunter2\n  second: jo@example.com\n    at f (/app/a.js:1:2)',
      'Error: password=[redacted:secret]\n  second: [redacted:email]\n    at f (/app/a.js:1:2)',
    ],
    [
      'exception.stacktrace',
      'Error: x\n    at f (file:///app/a.mjs?token=abc:1:2)\n    at data:text/javascript,jo@example.com:1:2',
      'Error: x\n    at f (file:///app/a.mjs?[redacted:query]:1:2)\n    at data:text/javascript,[redacted:email]:1:2',
    ],
    [
      'process.command_args',
      ['node', '--token', 'abc', 'a.js'],
      ['node', '--token', '[redacted:secret]', 'a.js'],
    ],
    [
      'process.command_args',
      ['node', '--db=postgres://a:b@c/d'],
      ['node', '--db=postgres://[redacted:userinfo]@c/d'],
    ],
    ['tags', ['a', 'jo@example.com'], ['a', '[redacted:email]']],
    [
      'user',
      { name: 'Jo', contact: { mail: 'jo@example.com' } },
      { name: 'Jo', contact: { mail: '[redacted:email]' } },
    ],
    ['blob', new Uint8Array([1]), '[redacted:body]'],
    [
      'error',
      { stack: 'Error: jo@example.com\n    at f (/a.js:1:2)' },
      { stack: 'Error: [redacted:email]\n    at f (/a.js:1:2)' },
    ],
  ])('%s %j', ([key, value, result]) => {
    expect(redactor.attribute(key, value)).toEqual(result)
  })
})

describe('what is ordinary stays as it is', () => {
  test.for([
    '',
    'GET',
    'GET /v1/invoices/:id',
    'GET /invoices/[id]',
    '/api/v2/users/42/orders/1337',
    '/docs/getting-started-with-node-24',
    '/wp-admin/setup-config.php',
    '550e8400-e29b-41d4-a716-446655440000',
    '/v1/objects/550e8400-e29b-41d4-a716-446655440000/edit',
    '7d444840-9dc0-11d1-b245-5ffdce74fad2.pdf',
    '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
    'trace_id=4bf92f3577b34da6a3ce929d0e0e4736 span_id=00f067aa0ba902b7',
    'in trace 4bf92f3577b34da6a3ce929d0e0e4736',
    '00f067aa0ba902b7',
    'SELECT * FROM invoices WHERE id = $1 AND state = ANY($2)',
    'SELECT "t"."id" FROM "public"."t" WHERE "t"."id" IN ($1, $2)',
    'pg.query:SELECT app',
    'please select an item from the list',
    'could not update the cache',
    'at Object.<anonymous> (/app/src/server.ts:12:34)',
    '    at async file:///app/dist/routes/invoices.js:44:11',
    'at /app/.next/server/chunks/2f3b9c1d8e7f6a5b4c3d2e1f.js:1:20394',
    '/_next/static/chunks/app/page-2f3b9c1d8e7f6a5b.js',
    'node:internal/process/task_queues:105:5',
    'C:\\app\\src\\main.ts:3:7',
    '/app/node_modules/.pnpm/next@16.4.5_react@19.2.0/node_modules/next/dist/server.js',
    'next@16.0.0-canary.12',
    '@opentelemetry/sdk-trace@3.1.1',
    'v24.21.0',
    '1.0.0+20261124123456',
    '2026-11-24T20:43:00.123Z',
    '2026-11-24T20:43:00+01:00',
    'Tue, 24 Nov 2026 20:43:00 GMT',
    'order 2026-000123456 is paid',
    'invoice INV-2026-11-000042',
    'total 1,234.56 EUR for 12 items',
    'took 0.4111111111111111 s',
    'at 1732480980123',
    'at 1732480980123456789 ns',
    'ECONNREFUSED 127.0.0.1:5432',
    'connect ETIMEDOUT [2001:db8::1]:443',
    'getaddrinfo ENOTFOUND payments.internal.example.com',
    'http://127.0.0.1:3002/v1/plans/7',
    'https://payments.example.com/v1/charges',
    'http://localhost:3000/@scope/package',
    'postgres://db.internal:5432/app',
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36',
    'node',
    'undici/7.16.0',
    'Unexpected token in expression',
    'token: expired',
    'password is required',
    'password: invalid',
    'authentication failed for user app',
    'bearer authentication is not configured',
    'basic validation has failed',
    'is it ok? yes, it is',
    'really?!',
    'Is a=b or c?',
    "Cannot read properties of undefined (reading 'id')",
    'listen EADDRINUSE: address already in use :::3000',
    'Auth::Client was called',
    'duration=12ms status=200 rows=7',
    '{"level":30,"msg":"listening","port":3000}',
    'issue #1234 and C# and F#',
    'AbstractSingletonProxyFactoryBean',
    'getServerSidePropsForInvoicePage2',
    'MAX_CONCURRENT_REQUESTS_PER_ROUTE_2',
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    'eu-central-1.compute.internal',
    '192.168.178.100',
    '+1',
    '1+1=2',
    '你好，世界',
    'größer als zuvor',
    '🎉 shipped',
    'a'.repeat(200),
    '12345678901234567890123456789012345678901234567890',
    '[redacted:email] and password=[redacted:secret]',
  ])('%s', text => {
    expect(redactor.text(text)).toBe(text)
  })

  test.for<readonly [key: string, value: unknown]>([
    ['service.version', '9fceb02d0ae598e95dc970b74767f19372d61af8'],
    ['host.name', 'partner-api-7d9f8b6c5d-x2x4z'],
    ['server.address', 'partner-api-7d9f8b6c5d-x2x4z'],
    ['container.id', '3f4e1a2b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f607'],
    ['trace_id', '4bf92f3577b34da6a3ce929d0e0e4736'],
    ['http.request.header.content-type', ['application/json']],
    ['http.request.body.size', 4096],
    ['messaging.message.body.size', 12],
    ['payload_size', 12],
    ['query', 'SELECT * FROM t WHERE id = $1'],
    ['gen_ai.usage.input_tokens', 1200],
    ['token_count', 7],
    ['cookie_name', 'theme'],
    ['http.response.status_code', 200],
    ['enabled', true],
    ['nothing', null],
    ['missing', undefined],
    ['when', new Date(0)],
    ['url.path', '/v1/invoices/7'],
    ['url.query', ''],
    ['url.full', 'http://127.0.0.1:3002/v1/plans/550e8400-e29b-41d4-a716-446655440000'],
    ['db.query.text', 'SELECT id, name FROM t WHERE id = $1'],
    ['throughline.audience.mismatch', 'session'],
    ['exception.stacktrace', 'Error: no\n    at f (/app/a.js:1:2)'],
  ])('%s %j', ([key, value]) => {
    expect(redactor.attribute(key, value)).toBe(value)
  })

  test('attributes that hold nothing are the very same object', () => {
    const attributes = { 'http.route': '/v1/invoices/:id', 'http.response.status_code': 200 }
    expect(redactor.attributes(attributes)).toBe(attributes)
  })
})

test('a secret in the name of an attribute is taken out, too', () => {
  expect(redactor.attributes({ 'mail.jo@example.com': 1, a: 2 })).toEqual({
    '[redacted:email]': 1,
    a: 2,
  })
})

test('what throws while it is searched is dropped, and the rest is not', () => {
  const fields = {
    a: 'b',
    get broken() {
      throw new Error('no')
    },
  }
  expect(redactor.attributes({ fields })).toEqual({
    fields: { a: 'b', broken: '[redacted:error]' },
  })
})

test('fields that hold each other come to an end', () => {
  const loop: Record<string, unknown> = { a: 'jo@example.com' }
  loop['loop'] = loop
  const text = JSON.stringify(redactor.attributes({ loop }))
  expect(text).toContain('[redacted:too-long]')
  expect(text).not.toContain('jo@')
})

test('a text beyond 32,768 characters is cut, between words where there are some', () => {
  const whole = 'word '.repeat(6553)
  expect(redactor.text(`${whole}end`)).toBe(`${whole}end`)
  expect(redactor.text(`${whole}jo@example.com`)).toBe(`${whole}[redacted:too-long]`)
  expect(redactor.text('a'.repeat(40_000))).toBe(`${'a'.repeat(32_768)}[redacted:too-long]`)
})

test('values that are taken out are told by rule, each time', () => {
  const own = createRedactor({ keys: [], patterns: [], allow: [] })
  const rules: string[] = []
  own.listen(rule => rules.push(rule))
  own.text('jo@example.com, mo@example.com')
  own.text('jo@example.com, mo@example.com')
  own.attribute('db.query.text', 'SELECT 1')
  own.attribute('db.query.text', 'SELECT 1')
  own.text('[redacted:email]')
  expect(rules).toEqual(['email', 'email', 'email', 'email', 'sql', 'sql'])
})

test('an explanation says what was found, by which rule, and what stands there now', () => {
  expect(redactor.explain('to jo@example.com')).toEqual({
    result: 'to [redacted:email]',
    taken: [
      {
        rule: 'email',
        meaning: 'e-mail addresses',
        found: 'jo@example.com',
        replacement: '[redacted:email]',
      },
    ],
  })
  expect(redactor.explain('SELECT 1', 'db.query.text')).toMatchObject({
    result: 'SELECT ?',
    taken: [{ rule: 'sql', found: '1' }],
  })
})
