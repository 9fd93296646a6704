// panva's oidc-provider with two persons, for the script of the sign-in (app/server/script_test.go). One JSON object on the command line:
// {redirect, loggedOut, notice, users: [{email, name, password, groups}]}. Prints "listen ISSUER" and ends when stdin is closed.
import { createServer } from "node:http";
import { once } from "node:events";
import Provider from "oidc-provider";

const config = JSON.parse(process.argv[2]);
process.stdin.resume().on("end", () => process.exit(0));
console.warn = () => {}; // development keys and the Node version: both are known
console.info = () => {};

const server = createServer().listen(0, "127.0.0.1");
await once(server, "listening");
const issuer = `http://127.0.0.1:${server.address().port}`;
const person = (email) => config.users.find((u) => u.email === email);

const provider = new Provider(issuer, {
  clients: [{ client_id: "ris", client_secret: "script-secret", redirect_uris: [config.redirect], post_logout_redirect_uris: [config.loggedOut],
    backchannel_logout_uri: config.notice, backchannel_logout_session_required: true, grant_types: ["authorization_code"], response_types: ["code"] }],
  claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"], groups: ["groups"] },
  scopes: ["openid", "email", "profile", "groups"],
  conformIdTokenClaims: false,
  pkce: { required: () => true },
  features: { devInteractions: { enabled: false }, backchannelLogout: { enabled: true }, rpInitiatedLogout: { enabled: true } },
  cookies: { keys: ["test"] },
  // Without this the guard against calls to loopback would swallow the sign-out messages of a test.
  fetch: (url, options) => { const { dispatcher, ...rest } = options ?? {}; return fetch(url, rest); },
  interactions: { url: (_ctx, i) => `/sign-in/${i.uid}` },
  findAccount: (_ctx, id) => person(id) && { accountId: id, claims: () => ({ sub: id, email: id, email_verified: true, name: person(id).name, groups: person(id).groups }) },
  loadExistingGrant: async (ctx) => { // our own client needs no consent page
    const grant = new ctx.oidc.provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId });
    grant.addOIDCScope("openid email profile groups");
    await grant.save();
    return grant;
  },
});

const form = (wrong) => `<!doctype html><title>Anmeldung</title>${wrong ? "<p>falsch</p>" : ""}<form method="post"><input name="login"><input name="password" type="password"><button>Weiter</button></form>`;

server.on("request", async (req, res) => {
  if (!req.url.startsWith("/sign-in/")) return provider.callback()(req, res);
  try {
    if (req.method === "GET") return res.setHeader("Content-Type", "text/html").end(form(false));
    let body = "";
    for await (const part of req) body += part;
    const sent = new URLSearchParams(body);
    const who = person(sent.get("login"));
    if (!who || who.password !== sent.get("password")) return res.writeHead(401, { "Content-Type": "text/html" }).end(form(true));
    await provider.interactionFinished(req, res, { login: { accountId: who.email } }, { mergeWithLastSubmission: false });
  } catch (err) {
    res.writeHead(500).end(String(err));
  }
});
console.log(`listen ${issuer}`);
