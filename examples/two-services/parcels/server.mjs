// Parcels: a service on Express that knows no token. nginx has let the request pass, and says whose it is; so it listens where
// nginx alone reaches it.
import express from 'express';

const parcels = new Map();

const app = express();
app.use(express.json());
app.use((request, response, next) => {
  request.user = request.get('X-Auth-User-Id');
  if (request.user) next();
  else response.status(500).json({ error: 'The proxy does not say who this is' });
});

app.get('/parcels', (request, response) => {
  response.json({ owner: request.get('X-Auth-User'), items: parcels.get(request.user) ?? [] });
});
app.post('/parcels', (request, response) => {
  const parcel = { to: String(request.body?.to) };
  parcels.set(request.user, [...(parcels.get(request.user) ?? []), parcel]);
  response.status(201).json(parcel);
});

// What the request looks like from here, for try.sh.
app.get('/parcels/headers', (request, response) => response.json(request.headers));

const port = Number(process.env.PORT ?? 3001);
app.listen(port, '127.0.0.1', () => console.log(`Parcels at http://127.0.0.1:${port}/parcels`));
