// Uses a fresh server as a team does, for some seconds, so that the JVM's ahead-of-time cache knows which code is hot
// (JEP 515). Called by `./rapport build`: node rehearse.mjs <set-up link> <seconds>
const [link, seconds = "8"] = process.argv.slice(2);
const base = new URL(link).origin;
const token = new URL(link).searchParams.get("token");
const password = `${token}-Aa1`;
const headers = { "Content-Type": "application/json" };

async function call(method, path, body, extra = {}) {
  const answer = await fetch(base + path, {
    method,
    headers: { ...headers, ...extra },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return { json: text ? JSON.parse(text) : {}, headers: answer.headers };
}

await call("POST", "/api/setup", { token, username: "rehearsal", name: "Rehearsal", password });
const session = await call("POST", "/api/session", { username: "rehearsal", password });
headers.Cookie = session.headers.get("set-cookie").split(";")[0];
headers["X-CSRF-Token"] = session.json.csrfToken;

const cities = ["London", "上海市", "Berlin", "深圳市"];
const stages = ["lead", "customer", "advocate"];
const accounts = [];
for (let i = 0; i < 20; i++)
  accounts.push((await call("POST", "/api/records/account", { name: `Company ${i} 有限公司` })).json.id);

function contact(i) {
  return {
    name: i % 2 ? { family: "王", given: `小${i}` } : { family: "Smith", given: `Ann ${i}` },
    account: accounts[i % accounts.length],
    email: `person${i}@example.com`,
    mobile: `+86138${String(10000000 + i)}`,
    title: "Manager",
    lifecycle: stages[i % stages.length],
    address: { city: cities[i % cities.length], country: "GB" },
    tags: ["vip"],
  };
}

const people = [];
const list = { limit: 50 };
let made = 0;
const work = [
  async () => people.push((await call("POST", "/api/records/contact", contact(made++))).json),
  async () => {
    const person = people[made % people.length];
    const etag = { "If-Match": `"${person.version}"` };
    Object.assign(person, (await call("PATCH", `/api/records/contact/${person.id}`, { title: `Head ${made++}` }, etag)).json);
  },
  () => call("GET", `/api/records/contact/${people[made++ % people.length].id}`),
  () => call("GET", `/api/records/contact/${people[made++ % people.length].id}/history`),
  () => call("GET", `/api/records/contact/${people[made++ % people.length].id}/timeline`),
  () => call("POST", "/api/records/contact/query", list),
  () => call("POST", "/api/records/contact/query", { ...list, sort: "name", q: "smith" }),
  () =>
    call("POST", "/api/records/contact/query", {
      ...list,
      sort: "-updatedAt",
      count: "bounded",
      filter: { field: "lifecycle", op: "eq", value: stages[made++ % stages.length] },
    }),
  async () => {
    const page = (await call("POST", "/api/records/contact/query", { limit: 5, sort: "name" })).json;
    if (page.next) await call("POST", "/api/records/contact/query", { limit: 5, sort: "name", after: page.next });
  },
  () => call("GET", "/api/records/account?sort=name&count=bounded"),
  () => call("GET", "/api/objects/contact"),
  () => call("GET", "/api/session"),
];

await work[0]();
const end = Date.now() + Number(seconds) * 1000;
async function worker(at) {
  for (let step = at; Date.now() < end; step++) {
    const i = step % work.length;
    // one change at a time, so that versions are never stale
    if (i > 1 || at === 0) await work[i]();
  }
}
await Promise.all([0, 1, 2, 3].map(worker));
