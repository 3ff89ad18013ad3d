// @ts-check
// Expensive to prepare, easy to spoil: what tests would like to have fresh each.
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';

const accounts = new Map();
for (let number = 0; number < 150_000; number++) {
  const id = createHash('sha256').update(String(number)).digest('hex').slice(0, 12);
  accounts.set(id, { id, balance: 100 });
}

createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://service');
  const account = accounts.get(url.pathname.slice(1)) ?? accounts.values().next().value;
  if (request.method === 'DELETE') accounts.clear();
  if (request.method === 'POST') account.balance += Number(url.searchParams.get('add'));
  response.end(JSON.stringify({ count: accounts.size, balance: account?.balance }));
}).listen(Number(process.env.PORT ?? 0), '127.0.0.1');
