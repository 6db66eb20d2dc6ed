insert into customers (id, name, plan) values (1, 'Acme Books', 'team'), (2, 'Borealis', 'starter'), (3, 'Cinder', 'team');

-- Passwords are "demo-password", hashed by scrypt with the salt "demo".
insert into users (email, name, password_hash, role, customer_id) values
  ('ada@acme.example', 'Ada', '6c47fe0698cb047ffe1eee481dcbc91d3aad74b81b6af78a8d23e303480f613a', 'member', 1),
  ('root@acme.example', 'Root', '6c47fe0698cb047ffe1eee481dcbc91d3aad74b81b6af78a8d23e303480f613a', 'admin', 1);

insert into invoices (id, customer_id, issued_on, currency, charge_id, status)
select n, 1 + n % 3, date '2026-01-01' + n * 9, 'EUR', 'ch_' || n, case when n % 4 = 0 then 'open' else 'paid' end
from generate_series(1, 30) as n;

insert into invoice_lines (invoice_id, position, description, quantity, unit_cents)
select n, position, 'Seats, month ' || position, (1 + (n + position) % 5)::text, 1900
from generate_series(1, 30) as n, generate_series(1, 3) as position;

-- Imported by hand from an old system, quantity and all: adding up this invoice fails.
insert into invoices (id, customer_id, issued_on, currency, charge_id, status) values (666, 1, '2019-06-06', 'EUR', 'ch_666', 'open');
insert into invoice_lines (invoice_id, position, description, quantity, unit_cents) values (666, 1, 'Seats', 'a dozen', 1900);

-- Keys "demo-web-key", "demo-partner-key" and "demo-limited-key", for the demo only.
insert into api_keys (id, key_hash, partner, requests_per_minute) values
  ('web', sha256('demo-web-key'), 'web', 6000),
  ('partner', sha256('demo-partner-key'), 'Northwind', 600),
  ('limited', sha256('demo-limited-key'), 'Tailspin', 3);
